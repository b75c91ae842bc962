"""What loads behind the page: in order, once, and with its state told."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from rag.cancellation import Cancellation, Cancelled
from rag.problems import PartMissing
from rag.warmup import Warmup

PATIENCE_S = 20
BuildWarmup = Callable[..., Warmup]


class Part:
    """A part that loads when it may, or fails; it stands for models, guard and meaning alike."""

    embedder = "embedder"

    def __init__(self, name: str, loaded: list[str], *, waits: bool = False, fails: bool = False) -> None:
        self.name, self.loaded, self.fails = name, loaded, fails
        self.may = threading.Event()
        self.closed = False
        if not waits:
            self.may.set()

    def __call__(self) -> Any:
        assert self.may.wait(PATIENCE_S)
        self.loaded.append(self.name)
        if self.fails:
            raise OSError(f"no {self.name}")
        return self

    @property
    def index(self) -> "Part":
        return self

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def warmup_of() -> Iterator[BuildWarmup]:
    built: list[Warmup] = []

    def build(loaded: list[str], **parts: Part | None) -> Warmup:
        made = {name: Part(name, loaded) for name in ("models", "guard", "meaning")} | parts
        built.append(Warmup(**cast(Any, made)))
        return built[-1]

    yield build
    for warmup in built:
        warmup.close()


def test_nothing_is_loaded_before_the_start(warmup_of: BuildWarmup) -> None:
    loaded: list[str] = []
    warmup = warmup_of(loaded)
    assert (loaded, warmup.states()) == ([], {"models": "warming", "guard": "warming", "meaning": "warming"})


def test_models_come_first_and_each_part_once(warmup_of: BuildWarmup) -> None:
    loaded: list[str] = []
    warmup = warmup_of(loaded)
    assert warmup.wait_for_meaning() is not None
    assert warmup.guard(Cancellation()) is warmup.guard(Cancellation())
    assert (loaded[0], sorted(loaded)) == ("models", ["guard", "meaning", "models"])
    assert set(warmup.states().values()) == {"ready"}


def test_asking_for_a_part_starts_the_loading(warmup_of: BuildWarmup) -> None:
    warmup = warmup_of([])
    assert warmup.models(Cancellation()) is not None


def test_meaning_does_not_wait(warmup_of: BuildWarmup) -> None:
    slow = Part("meaning", [], waits=True)
    warmup = warmup_of([], meaning=slow)
    warmup.start()
    assert (warmup.meaning(), warmup.embedder(), warmup.why_no_meaning()) == (None, None, "vectors_warming")
    slow.may.set()
    assert warmup.wait_for_meaning() is not None
    assert warmup.embedder() == "embedder"


def test_a_part_that_fails_leaves_the_others_alone(warmup_of: BuildWarmup, caplog: pytest.LogCaptureFixture) -> None:
    warmup = warmup_of([], meaning=Part("meaning", [], fails=True))
    assert warmup.wait_for_meaning() is None
    assert warmup.guard(Cancellation()) is not None
    assert warmup.states() == {"models": "ready", "guard": "ready", "meaning": "failed"}
    assert warmup.why_no_meaning() == "vectors_damaged"
    assert "The part 'meaning' could not be loaded" in caplog.text


def test_meaning_that_belongs_to_another_process_is_elsewhere(warmup_of: BuildWarmup) -> None:
    warmup = warmup_of([], meaning=None)
    assert (warmup.wait_for_meaning(), warmup.states()["meaning"]) == (None, "elsewhere")
    assert warmup.why_no_meaning() == "vectors_elsewhere"
    warmup.report_damage("an index of before")
    assert warmup.states()["meaning"] == "elsewhere"


def test_a_damaged_index_is_opened_again(warmup_of: BuildWarmup) -> None:
    loaded: list[str] = []
    part = Part("meaning", loaded)
    warmup = warmup_of(loaded, meaning=part)
    broken = warmup.wait_for_meaning()
    part.may.clear()
    warmup.report_damage(broken)
    assert warmup.meaning() is None
    warmup.report_damage(broken)
    part.may.set()
    assert warmup.wait_for_meaning() is not None
    assert part.closed
    assert loaded.count("meaning") == 2


def test_search_by_meaning_is_tried_again_by_itself(warmup_of: BuildWarmup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.warmup.AGAIN_S", 0.01)
    part = Part("meaning", [], fails=True)
    warmup = warmup_of([], meaning=part)
    assert warmup.wait_for_meaning() is None
    part.fails = False
    while warmup.states()["meaning"] != "ready":
        time.sleep(0.01)


def test_closing_before_the_start_loads_nothing_more(warmup_of: BuildWarmup) -> None:
    loaded: list[str] = []
    warmup_of(loaded).close()
    assert "guard" not in loaded


def test_a_part_that_closing_cut_off_is_not_there(warmup_of: BuildWarmup) -> None:
    slow = Part("models", [], waits=True)
    warmup = warmup_of([], models=slow)
    warmup.start()
    warmup.close()
    slow.may.set()
    assert (warmup.meaning(), warmup.states()["meaning"]) == (None, "failed")


def test_a_part_that_is_missing_is_told_to_who_waits_for_it(
    warmup_of: BuildWarmup, caplog: pytest.LogCaptureFixture
) -> None:
    warmup = warmup_of([], guard=Part("guard", [], fails=True))
    with pytest.raises(PartMissing):
        warmup.guard(Cancellation())


def test_a_wait_ends_when_the_reader_stops(warmup_of: BuildWarmup) -> None:
    slow = Part("guard", [], waits=True)
    warmup, stopped = warmup_of([], guard=slow), Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        warmup.guard(stopped)
    slow.may.set()
