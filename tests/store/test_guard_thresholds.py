"""What another threshold would have changed, against the same said of each question in Python."""

import random
from dataclasses import dataclass

import pytest

from store import guard_thresholds
from store.engine import Database
from store.guard_statistics import Stretch
from tests.store.asking import found, guarded

ALL = Stretch(0, 10_000)
STEPS = (0, 250, 500, 501, 1000)


@dataclass(frozen=True)
class Asked:
    """A question as the test knows it."""

    answer_id: int
    score: float
    stopped_by: frozenset[str]
    flagged: bool


@pytest.fixture
def asked(database: Database) -> list[Asked]:
    """Forty questions that guards of two names refused, flagged or let pass, whatever their scores were."""
    drawn = random.Random(5)
    made = []
    with database.write() as session:
        for _ in range(40):
            score = round(drawn.random(), 4)
            by = frozenset(guard for guard in ("moon", "sun") if drawn.random() < 0.3)
            flagged = drawn.random() < 0.3
            acted = [found(guard=guard) for guard in sorted(by)] + [found("flag") for _ in range(flagged)]
            state = "refused" if by else "answered"
            made.append(Asked(guarded(session, *acted, state=state, moon=score), score, by, flagged))
    return made


def ids(examples: list[guard_thresholds.ExampleQuestion]) -> list[int]:
    return [one.message_id for one in examples]


@pytest.mark.parametrize("step", STEPS)
def test_a_guard_that_stops_questions(database: Database, asked: list[Asked], step: int) -> None:
    """What another guard stops as well stays stopped, and is nothing new."""
    gained = [one.answer_id for one in asked if not one.stopped_by and one.score >= step / 1000]
    lost = [one.answer_id for one in asked if one.stopped_by == {"moon"} and one.score < step / 1000]
    with database.read() as session:
        more = guard_thresholds.gained(session, ALL, "moon", step, stopping=True, limit=99)
        fewer = guard_thresholds.lost(session, ALL, "moon", step, stopping=True, limit=99)
    assert (ids(more), ids(fewer)) == (gained[::-1], lost[::-1])


@pytest.mark.parametrize("step", STEPS)
def test_a_guard_that_flags(database: Database, asked: list[Asked], step: int) -> None:
    did = {one.answer_id: one.flagged or "moon" in one.stopped_by for one in asked}
    gained = [one.answer_id for one in asked if not did[one.answer_id] and one.score >= step / 1000]
    lost = [one.answer_id for one in asked if did[one.answer_id] and one.score < step / 1000]
    with database.read() as session:
        more = guard_thresholds.gained(session, ALL, "moon", step, stopping=False, limit=99)
        fewer = guard_thresholds.lost(session, ALL, "moon", step, stopping=False, limit=99)
    assert (ids(more), ids(fewer)) == (gained[::-1], lost[::-1])


def test_steps_of_what_was_stopped(database: Database, asked: list[Asked]) -> None:
    with database.read() as session:
        every, alone = guard_thresholds.acted_on(session, ALL, "moon", stopping=True)
    assert sum(every.values()) == sum(1 for one in asked if one.stopped_by)
    assert alone == {int(one.score * 1000 + 1e-6): 1 for one in asked if one.stopped_by == {"moon"}}


def test_a_question_without_a_score_is_left_out(database: Database) -> None:
    """The guard was posted later, or could not look."""
    with database.write() as session:
        guarded(session, state="answered", sun=0.9)
        guarded(session, found("refuse", what="broken"))
    with database.read() as session:
        assert guard_thresholds.gained(session, ALL, "moon", 1, stopping=True, limit=9) == []
        assert guard_thresholds.lost(session, ALL, "moon", 1000, stopping=True, limit=9) == []
        assert guard_thresholds.acted_on(session, ALL, "moon", stopping=True) == ({}, {})


def test_examples_are_the_newest_and_no_more_than_wanted(database: Database, asked: list[Asked]) -> None:
    with database.read() as session:
        [one, *_] = more = guard_thresholds.gained(session, ALL, "moon", 1, stopping=True, limit=2)
    [newest] = [known for known in asked if known.answer_id == one.message_id]
    assert (len(more), one.question, one.state, one.sure) == (2, "How late?", "answered", newest.score)
    assert one.message_id > more[1].message_id
