"""Sums over readers in small stores, each worked out by hand: Ana gave three answers, Ben one."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from store import items, quality, quality_readers
from store.engine import Database
from store.models import Topic, now
from store.quality import Key
from store.records import Cut, ItemFilter, Spread
from tests.store.asking import ANA, BEN, added, citation
from tests.store.test_quality import ALL, answered, visited


def given(session: Session) -> None:
    answered(session, 1, prompt="answer@1", cost_usd=0.5)
    answered(session, -1, prompt="answer@1", cost_usd=0.25, signals=("copied",))
    answered(session, prompt="answer@2", ago=8, signals=("copied",), cost_usd=0.25)
    answered(session, 1, prompt="answer@1", person=BEN, ago=1)


def test_votes_are_summed_by_reader_before_they_are_squared(database: Database) -> None:
    """Resolved are two of Ana's three answers, and Ben's; Ben's has no price."""
    with database.write() as session:
        given(session)
        [(_, (tally, spreads))] = quality.answers_of_readers(session, ALL, Cut()).items()
        signals = quality_readers.signals(session, ALL, Cut())
    assert (tally.answers, tally.resolved, tally.cost) == (4, 3, 1.0)
    assert spreads["resolved"] == Spread(2, 9 + 1, 4 + 1, 6 + 1)
    assert spreads["rated_up"] == Spread(2, 4 + 1, 1 + 1, 2 + 1)
    assert spreads["cost"] == Spread(1, 9, 1.0, 3.0)
    assert signals == {None: {"copied": (4, 6)}}


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        (Cut("prompt"), {"answer@1": 3, "answer@2": 1}),
        (Cut("topic"), {None: 4}),
        (Cut("document", kept=(1,)), {}),
        (Cut("prompt", kept=("answer@1",)), {"answer@1": 3, None: 1}),
    ],
)
def test_a_reader_counts_once_in_each_group(database: Database, cut: Cut, expected: dict[Key, int]) -> None:
    with database.write() as session:
        given(session)
        found = quality.answers_of_readers(session, ALL, cut)
    assert {key: tally.answers for key, (tally, _) in found.items()} == expected
    assert all(spreads["resolved"].readers <= 2 for _, spreads in found.values())


def test_stretches_of_days_are_numbered_and_may_be_cut_again(database: Database) -> None:
    today = now().date()
    ends = tuple(today - timedelta(days=ago) for ago in (7, 5, 1, 0))
    with database.write() as session:
        given(session)
        along = quality.answers(session, ALL, Cut(ends=ends))
        parts = quality.answers(session, ALL, Cut("prompt", ends))
        costs = quality.daily_costs(session, ALL, Cut("prompt", ends))
    assert {key: one.answers for key, one in along.items()} == {(0, None): 1, (2, None): 1, (3, None): 2}
    assert {key: one.answers for key, one in parts.items()} == {
        (0, "answer@2"): 1,
        (2, "answer@1"): 1,
        (3, "answer@1"): 2,
    }
    assert costs == {(0, "answer@2"): [0.25], (2, "answer@1"): [0.0], (3, "answer@1"): [0.75]}


def test_visits_spread_over_their_people_and_count_for_each_topic_and_document(database: Database) -> None:
    with database.write() as session:
        first, second = added(session, "Until nine."), added(session, "Until ten.", name="more.md")
        session.add(Topic(id=1, label="late", centre=b""))
        for ago in (20, 9):
            visited(session, ANA, ago=ago, questions=2)
        visited(session, BEN, ago=9)
        answered(session, ago=20, citations=(citation(first), citation(second, number=2)))
        session.get_one(items.ReviewItem, answered(session, ago=9, citations=(citation(first),))).topic_id = 1
        answered(session, ago=9, person=BEN, citations=(citation(first),))
        whole = quality.visits_of_readers(session, ALL, Cut())
        cited = quality.visits_of_readers(session, ALL, Cut("document"))
        topics = quality.visits_of_readers(session, ItemFilter(topic=1), Cut("topic"))
    assert whole[None][1]["questions"] == Spread(2, 4 + 1, 16 + 1, 8 + 1)
    assert {key: tally.visits for key, (tally, _) in cited.items()} == {first: 3, second: 1}
    assert {key: tally.visits for key, (tally, _) in topics.items()} == {1: 1}


def test_a_version_begins_on_the_day_of_its_first_answer(database: Database) -> None:
    today = now().date()
    with database.write() as session:
        given(session)
        assert quality.begun(session, ALL) == {
            "answer@2": today - timedelta(days=8),
            "answer@1": today - timedelta(days=1),
        }
        assert list(quality.begun(session, ItemFilter(since=today - timedelta(days=2)))) == ["answer@1"]
