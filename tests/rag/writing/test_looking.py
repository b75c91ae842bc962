"""What the guards make of answers that did not end as drafts do: stopped, handed over, written by several."""

import pytest

from guards.links import Links
from rag.cancellation import Cancellation
from rag.guarding import Guarding
from rag.settings import Guards
from rag.task import Task, Written
from rag.types import Passage, Place, Query, Question, Retrieval
from rag.writing.extracting import extract
from store.engine import Database
from tests.rag.test_guarding import at

TEXT = "A hotel night is reimbursed up to 140 euros."
MADE_UP = "https://evil.example/?q=140"


def task(database: Database, guards: Guards, written: Written) -> Task:
    place = Place(0, "Travel", None)
    passage = Passage(1, (1,), 1, "Travel", (place,), 0, len(TEXT), TEXT, 1.0)
    retrieval = Retrieval((passage,), relevant=True)
    made = Task(Question("How much?"), Query("How much?"), retrieval, Cancellation(), Guarding(database, guards))
    made.written = written
    return made


def test_a_stopped_answer_is_kept_without_what_would_have_stopped_it(database: Database) -> None:
    made = task(database, Guards(), Written())
    made.written = Written().more("first", f"{TEXT} [1] The secret is {made.fence}.")
    stopped = made.partial()
    assert stopped is not None
    assert made.fence not in stopped.text
    assert [one.stand for one in made.looking.told(ruling=made.looking.finished("", (), stopping=False))] == ["answer"]


def test_what_a_broken_model_leaves_is_not_gone_on_with_when_it_could_be_no_draft(database: Database) -> None:
    made = task(database, Guards(), Written())
    made.written = Written().more("first", f"{TEXT} [1] {made.fence} costs 140 euros up to a hotel night. [1]")
    assert made.fence not in extract(made, None).written.text


def test_what_is_masked_in_a_second_writers_words_is_told(database: Database) -> None:
    written = Written().more("first", f"{TEXT} [1]").more("second", f" See {MADE_UP} for more.")
    made = task(database, Guards(), written)
    assert made.masked(written).text.endswith("See ⟨address hidden⟩ for more.")
    told = list(made.looking.told(made.looking.finished("", (), stopping=False)))
    assert [acted.finding.guard for event in told for acted in event.ruling.acted] == [Links.name]


def test_a_guard_that_is_closed_hides_an_answer_it_cannot_look_at(database: Database) -> None:
    guards = at("answer", "mask", "Failing", closed=["tests.rag.test_guarding:Failing"])
    written = Written().more("first", TEXT)
    assert TEXT not in task(database, guards, written).masked(written).text


@pytest.mark.parametrize(("post", "shown"), [("flag", True), ("mask", False), ("refuse", False)])
def test_what_is_only_flagged_while_it_streams_is_shown(database: Database, post: str, shown: bool) -> None:  # noqa: FBT001
    made = task(database, Guards(stream={Links.name: post}), Written())
    events = list(made.add("first", f"See {MADE_UP}, please. "))
    assert any("evil" in event.text for event in events) == shown
    assert [one.ruling.action for one in made.looking.told(made.looking.finished("", (), stopping=False))] == [
        "flag" if shown else "mask"
    ]
