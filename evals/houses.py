"""A house of its own for an evaluation: the settings of the one at hand, in a folder that is gone afterwards."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rag.bootstrap import build
from rag.house import House
from rag.ingest.content import Unreadable
from rag.retrieval.embedding import embedder_for
from rag.settings import BadSettings, Budget, Limits, Model, Settings

EXTRACTIVE = "extractive"  # the name by which no model at all is asked for
Build = Callable[[Settings], House]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to put in; questions that name its tag are answered from documents that bear it alone."""

    name: str
    text: str
    tag: str


@contextmanager
def furnished(
    settings: Settings, papers: Iterable[Paper], models: Sequence[Model], *, make: Build | None = None
) -> Iterator[House]:
    """A warm house with these documents and models, whose guards are those of the settings. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="footnote-eval-") as folder:
        changes = {
            "data_dir": Path(folder),
            "database_url": "",
            "chroma_url": "",
            "models": list(models),
            "budget": Budget(),
            "limits": Limits(questions_per_minute=0),
            "documents": settings.documents.model_copy(update={"samples": False}),
        }
        exported = partial(embedder_for, folder=settings.data_dir / "models")  # once, and not for each evaluation
        house = (make or partial(build, embedder=exported))(settings.model_copy(update=changes))
        try:
            house.warmup.start()
            house.warmup.wait_for_meaning()
            _put_in(house, papers)
            yield house
        finally:
            house.close()


def chosen(settings: Settings, name: str) -> list[Model]:
    """The configured model of that name, or none for the extractive writer. Raises BadSettings."""
    if name == EXTRACTIVE:
        return []
    found = [model for model in settings.models if model.name == name]
    if not found:
        known = ", ".join([*(model.name for model in settings.models), EXTRACTIVE])
        raise BadSettings(f"There is no model called {name} in the settings; there are: {known}.")
    return found


def _put_in(house: House, papers: Iterable[Paper]) -> None:
    for paper in papers:
        try:
            data = paper.text.encode("utf-8")
            house.library.add(paper.name, data, source=f"{paper.tag}/{paper.name}", tags=(paper.tag,))
        except Unreadable:  # held back before anybody read it: nothing of it can do harm
            continue
    while house.worker.step():
        pass
