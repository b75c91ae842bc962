"""Counts of answers and visits in small stores, each number worked out by hand."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from store import answers, feedback, items, people, quality
from store.engine import Database
from store.models import Message, Signal, Topic, Visit, now
from store.records import AnswerTally, Cut, FeedbackRecord, Grouping, ItemFilter, SupportRecord, VisitTally
from tests.store.asking import ANA, BEN, added, asked, citation, finished, trace

ALL = ItemFilter()


def answered(
    session: Session, rating: int = 0, *, ago: int = 0, person: str = ANA, signals: tuple[str, ...] = (), **changes: Any
) -> int:
    """An answer of so many days ago; `changes` are of its trace, or of the answer itself."""
    *_, answer_id = asked(session, person=person)
    own = {
        name: changes.pop(name)
        for name in ("state", "writer", "citations", "sentences", "supported")
        if name in changes
    }
    answers.finish(session, answer_id, finished(**own), trace(id=f"t{answer_id}", **changes))
    session.get_one(Message, answer_id).created_at = now() - timedelta(days=ago)
    if rating:
        feedback.give(session, person, answer_id, FeedbackRecord(rating, (), "", None, now()))  # type: ignore[arg-type]
    session.add_all(Signal(message_id=answer_id, kind=kind) for kind in signals)
    items.refresh(session, [answer_id])
    return answer_id


def visited(session: Session, person: str, *, ago: int, questions: int = 1, returned: bool = False) -> None:
    people.remember(session, person)
    at = now() - timedelta(days=ago)
    session.add(
        Visit(person_id=person, started_at=at, last_at=at, day=at.date(), questions=questions, returned=returned)
    )
    session.flush()


def test_each_count_of_a_handful_of_answers(database: Database) -> None:
    unsupported = (SupportRecord(0, 5, "unsupported", "x"), SupportRecord(6, 9, "supported", ""))
    with database.write() as session:
        answered(session, 1, cost_usd=0.5)
        answered(session, -1, cost_usd=0.25, support=unsupported, sentences=2, supported=1)
        answered(session, state="not_found", cost_usd=0.25)
        answered(session, state="failed")
        answered(session, state="refused", cost_usd=0.0)
        answered(session, signals=("rephrased",), cost_usd=0.5)
        [(day, tally)] = quality.answers(session, ALL, Cut("day")).items()
    assert day == now().date()
    assert tally == AnswerTally(
        answers=6, up=1, down=1, corrected=0, resolved=1, looked_at=1, unsupported=1, sentences=2, supported=1,
        not_found=1, refused=1, failed=1, priced=5, priced_resolved=1, cost=1.5, cost_squares=0.625, cost_resolved=0.5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("prompt", {"answer@1": 2, "answer@2": 1}),
        ("writer", {"first": 2, None: 1}),
        ("topic", {1: 1, None: 2}),
        ("document", {1: 2, 2: 1}),
    ],
)
def test_answers_are_counted_by_what_they_have_in_common(
    database: Database, by: Grouping, expected: dict[Any, int]
) -> None:
    """One cites both documents and counts for each."""
    with database.write() as session:
        first, second = added(session, "Until nine."), added(session, "Until ten.", name="more.md")
        session.add(Topic(id=1, label="late", centre=b""))
        answered(session, citations=(citation(first), citation(second, number=2)), prompt="answer@2")
        session.get_one(items.ReviewItem, answered(session, citations=(citation(first),))).topic_id = 1
        answered(session, state="refused", writer=None)
        found = {key: one.answers for key, one in quality.answers(session, ALL, Cut(by)).items()}
        assert (found, set(quality.visits(session, ALL, Cut(by)))) == (expected, set())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ItemFilter(writer="first"), 3),
        (ItemFilter(prompt="answer@2"), 1),
        (ItemFilter(document=1), 1),
        (ItemFilter(topic=1), 0),
        (ItemFilter(since=now().date() - timedelta(days=3)), 2),
        (ItemFilter(until=now().date() - timedelta(days=3)), 2),
        (ItemFilter(since=now().date() - timedelta(days=3), until=now().date() - timedelta(days=1)), 1),
    ],
)
def test_answers_are_narrowed(database: Database, wanted: ItemFilter, expected: int) -> None:
    with database.write() as session:
        document_id = added(session, "Until nine.")
        answered(session, ago=0, prompt="answer@2")
        answered(session, ago=3, citations=(citation(document_id),))
        answered(session, ago=5)
        assert sum(one.answers for one in quality.answers(session, wanted, Cut("day")).values()) == expected
        assert sum(sum(one.values()) for one in quality.times(session, wanted, Cut("day"), "first_ms").values()) == 0


def test_signals_count_answers_and_not_acts(database: Database) -> None:
    with database.write() as session:
        answered(session, signals=("copied", "rephrased"), prompt="answer@1")
        session.get_one(Signal, (answered(session, signals=("copied",)), "copied")).count = 5
        answered(session, prompt="answer@2")
        assert quality.signals(session, ALL, Cut("prompt")) == {"answer@1": {"copied": 2, "rephrased": 1}}


def test_times_are_counted_in_steps(database: Database) -> None:
    with database.write() as session:
        for first, total in ((19.0, 120.0), (20.0, 149.0), (None, None)):
            timings = {name: ms for name, ms in (("first_text", first), ("total", total)) if ms}
            answered(session, timings_ms=timings)
        assert quality.times(session, ALL, Cut("writer"), "first_ms") == {"first": {0: 1, 1: 1}}
        assert quality.times(session, ALL, Cut("writer"), "total_ms") == {"first": {2: 2}}


def test_visits_count_as_returned_only_when_old_enough(database: Database) -> None:
    with database.write() as session:
        visited(session, ANA, ago=9, questions=3, returned=True)
        visited(session, BEN, ago=8)
        visited(session, ANA, ago=2, returned=True)
        found = quality.visits(session, ALL, Cut("day"))
        assert sum(found.values(), VisitTally()) == VisitTally(3, 5, 11, 2, 1)
        assert found[now().date() - timedelta(days=9)] == VisitTally(1, 3, 9, 1, 1)


def test_a_visit_counts_once_for_each_prompt_it_met(database: Database) -> None:
    with database.write() as session:
        visited(session, ANA, ago=0, questions=3)
        for prompt in ("answer@1", "answer@1", "answer@2"):
            answered(session, prompt=prompt)
        assert quality.visits(session, ALL, Cut("prompt")) == {
            "answer@1": VisitTally(1, 3, 9),
            "answer@2": VisitTally(1, 3, 9),
        }
        assert quality.visits(session, ItemFilter(prompt="answer@2"), Cut("day")) == {now().date(): VisitTally(1, 3, 9)}


def test_what_there_is_to_narrow_to(database: Database) -> None:
    """Documents only when they are cited."""
    with database.write() as session:
        document_id = added(session, "Until nine.")
        added(session, "Until ten.", name="more.md")
        answered(session, citations=(citation(document_id),), prompt="answer@2")
        answered(session, state="refused", writer=None)
        assert quality.names(session, "document") == {document_id: "rules"}
        assert quality.prompts_and_writers(session) == (["answer@1", "answer@2"], ["first"])
