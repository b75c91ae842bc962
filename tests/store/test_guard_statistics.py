"""What guards did over a stretch of time, counted in SQL."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from store import findings, guard_statistics, reviews
from store.engine import Database
from store.guard_statistics import Stretch
from store.models import GuardFinding, Message, now
from store.records import FindingRecord, PostCounts
from tests.store.asking import found, guarded

ALL = Stretch(0, 10_000)


@pytest.mark.parametrize(("days", "expected"), [(1, 9), (3, 5), (30, 1)])
def test_a_stretch_begins_with_its_first_message(database: Database, days: int, expected: int) -> None:
    """Messages 1 and 2 are ten days old, 3 and 4 nine, and so on; 9 and 10 are of today."""
    ages = {1: 10, 3: 9, 5: 2, 7: 2, 9: 0}
    with database.write() as session:
        for question, age in ages.items():
            guarded(session, state="answered")
            both = update(Message).where(Message.id.in_((question, question + 1)))
            session.execute(both.values(created_at=now() - timedelta(days=age)))
        assert guard_statistics.since(session, now() - timedelta(days=days)) == Stretch(expected, 10)


def test_without_messages_the_stretch_is_empty(database: Database) -> None:
    with database.read() as session:
        stretch = guard_statistics.since(session, now())
        assert (stretch, guard_statistics.scores(session, stretch)) == (Stretch(1, 0), {})
        assert guard_statistics.reviewed(session, stretch).answers == 0


def test_scores_are_counted_by_guard_in_thousandths(database: Database) -> None:
    with database.write() as session:
        for score in (0.5, 0.5004, 0.4999, 0.29):
            guarded(session, state="answered", moon=score)
        guarded(session, state="answered", sun=1.0)
        counted = guard_statistics.scores(session, ALL)
    assert counted == {"question/moon": {500: 2, 499: 1, 290: 1}, "question/sun": {1000: 1}}


def test_what_guards_did_is_counted_by_stand_and_action(database: Database) -> None:
    broken = found("allow", what="broken"), found("refuse", what="broken")  # the note, and what followed
    with database.write() as session:
        guarded(session, found(), found(what="starlight"), found("flag"), found("mask", "answer"), *broken)
        guarded(session, found())
        counted = guard_statistics.posts(session, now() - timedelta(days=1))
    assert counted == [
        PostCounts("moon", "answer", {"mask": 1}),
        PostCounts("moon", "question", {"refuse": 2, "flag": 1}, 1),
    ]


def test_what_guards_did_before_does_not_count(database: Database) -> None:
    with database.write() as session:
        guarded(session, found())
        session.execute(update(GuardFinding).values(created_at=now() - timedelta(days=8)))
        assert guard_statistics.posts(session, now() - timedelta(days=7)) == []


def test_reviewers_votes_count_once_an_answer(database: Database) -> None:
    """Two findings of one guard in one question are one vote."""
    with database.write() as session:
        for verdict in ("fine", "fine", "attack", None):
            answer_id = guarded(session, found(), found("flag", what="starlight"))
            reviews.appeal(session, answer_id)
            reviews.decide(session, answer_id, verdict)
        [counted] = guard_statistics.posts(session, now() - timedelta(days=1))
    assert (counted.wrong, counted.right) == (2, 1)


def test_votes_about_chunks_count_each(database: Database) -> None:
    wrong = FindingRecord("document", "moon", "moonlight", "", "refuse", verdict="wrong")
    with database.write() as session:
        findings.keep(session, [wrong, wrong])
        [counted] = guard_statistics.posts(session, now() - timedelta(days=1))
    assert (counted.stand, counted.wrong) == ("document", 2)


def test_appeals_and_samples_are_counted_with_their_verdicts(database: Database) -> None:
    with database.write() as session:
        for verdict in ("fine", "attack", None):
            appeal, sample = guarded(session, found()), guarded(session, state="answered")
            assert reviews.appeal(session, appeal)
            assert reviews.sample(session, sample)
            reviews.decide(session, appeal, verdict)
            reviews.decide(session, sample, verdict)
        counted = guard_statistics.reviewed(session, ALL)
    assert (counted.answers, counted.appeals, counted.appeals_decided, counted.appeals_fine) == (6, 3, 2, 1)
    assert (counted.samples, counted.samples_decided, counted.samples_attack) == (3, 2, 1)
