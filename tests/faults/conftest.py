"""A house whose storage fails, and a wall around the log: nothing that people wrote may get there."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rag.house import House
from rag.jobs import Job, Snapshot
from rag.settings import Answers, Model
from store.records import AnswerRecord
from tests.conftest import BuildHouse, LibraryOf
from tests.faults import storage
from tests.model_server import AnswerFromPassages, ModelServer
from tests.pages.conftest import at_home, tab
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY

__all__ = ["at_home", "tab"]  # pages, too, are looked at here
ANA = "ana"
PATIENCE_S = 30
KEY = "sk-a-secret-key"
SLOW = AnswerFromPassages(chunk_size=4, delay_s=0.02)  # the answer is on its way for about a second
PRIVATE = (HOTEL, HOTEL_SENTENCE, "thirty days", KEY, "A comment of mine")


@pytest.fixture(autouse=True)
def _nothing_private_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No question, answer, comment, key or text of a document, whatever went wrong."""
    yield
    logged = "\n".join(
        caplog.handler.format(record) for when in ("setup", "call") for record in caplog.get_records(when)
    )
    assert [words for words in PRIVATE if words in logged] == []


@dataclass(frozen=True)
class Struck:
    """A house with a model, and one kind of trouble for its storage."""

    house: House
    strike: Callable[[], AbstractContextManager[None]]
    kind: str  # the problem a reader is told about
    strike_hides_all: bool = False  # nothing can be read either

    def ask(self, question: str = HOTEL) -> Job:
        asked = self.house.assistant.ask(ANA, question)
        job = self.house.assistant.job(asked.answer_id)
        assert job is not None
        return job

    def answered(self, question: str = HOTEL) -> int:
        job = self.ask(question)
        wait_until(job, lambda snapshot: snapshot.done)
        return job.message_id

    def kept(self) -> list[AnswerRecord]:
        """All answers as they are stored, the oldest first."""
        found = [self.house.assistant.conversation(ANA, c.id)[1] for c in self.house.assistant.history(ANA)]
        return sorted((a for questions in found for q in questions for a in q.answers), key=lambda answer: answer.id)


def wait_until(job: Job, ready: Callable[[Snapshot], bool]) -> Snapshot:
    """The snapshot once it is ready."""
    with job._changed:
        assert job._changed.wait_for(lambda: ready(job.snapshot), PATIENCE_S), job.snapshot
        return job.snapshot


FAULTS: dict[str, tuple[storage.Fault, str]] = {
    "locked": (storage.locked, "database_locked"),
    "read-only": (storage.read_only, "database_unavailable"),
    "no more pages": (storage.no_more_pages, "disk_full"),
    "moved away": (storage.gone, "database_unavailable"),
    "disk full": (storage.full, "disk_full"),
}


@pytest.fixture(params=FAULTS)
def struck(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    model_server: ModelServer,
    model_at: Callable[..., Model],
    library_of: LibraryOf,
) -> Struck:
    """One house for each kind of trouble."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    fault, kind = FAULTS[request.param]
    changes: dict[str, Any] = {"models": [model_at(model_server.url)], "answers": Answers(shutdown_s=0)}
    if request.param == "disk full":
        request.getfixturevalue("small_disk")
        changes["data_dir"] = tmp_path / "small" / "data"
    build_house: BuildHouse = request.getfixturevalue("build_house")
    house = build_house(**changes)
    storage.prepare(house)
    library_of(house, LIBRARY)
    return Struck(house, lambda: fault(house), kind, strike_hides_all=fault is storage.gone)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[None]:
    """A file system that is soon full."""
    (tmp_path / "small").mkdir()
    disk = storage.mounted(tmp_path / "small", f"size={storage.ROOM}")
    try:
        disk.__enter__()
    except storage.NoMount as reason:
        pytest.skip(f"Only who may mount a small disk can fill one, usually root: {reason}.")
    yield
    disk.__exit__(None, None, None)
