"""The command line over a data folder of the test's own, without the weights of the embedding model."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from guards.answer import AnswerGuard
from rag import bootstrap
from rag.cli import asking, documents, reindexing, syncing
from rag.house import House
from rag.settings import Settings
from tests.conftest import hash_embedder

BuildHouse = Callable[..., House]


@pytest.fixture(autouse=True)
def _at_the_prompt(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer_guard: AnswerGuard
) -> None:
    (tmp_path / "footnote.toml").write_text("")
    monkeypatch.setenv("FOOTNOTE_CONFIG", str(tmp_path / "footnote.toml"))
    monkeypatch.setenv("FOOTNOTE_DATA_DIR", str(settings.data_dir))
    light = partial(bootstrap.build, embedder=hash_embedder, guard=lambda: answer_guard)
    for command in (asking, documents, reindexing, syncing):
        monkeypatch.setattr(command, "build", light)


@pytest.fixture
def leave(tmp_path: Path) -> Path:
    """A document about leave."""
    path = tmp_path / "leave.md"
    path.write_text("# Leave\n\nFull-time staff get 28 days of annual leave a year.\n")
    return path


@pytest.fixture
def running_app(build_house: BuildHouse) -> House:
    """Another process' house on the same data, which owns the vector index; its worker works."""
    house = build_house()
    house.start()
    return house
