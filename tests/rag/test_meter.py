"""The over-blocking meter over a database of its own."""

from collections.abc import Callable

import pytest

from rag import meter
from rag.guarding import Guarding
from rag.meter import Meter
from rag.settings import Guards
from store import reviews
from store.engine import Database
from store.records import FindingRecord
from tests.rag.test_guarding import HERE
from tests.store.asking import found, guarded

EUROS = f"{HERE}:Euros"
Fill = Callable[..., int]


@pytest.fixture
def guarding(database: Database) -> Guarding:
    return Guarding(database, Guards.model_validate({"question": {EUROS: "refuse 0.7"}, "answer": {"leak": "flag"}}))


@pytest.fixture
def fill(database: Database) -> Fill:
    """Stores a question with the score of the guard, and gives its answer."""

    def store(score: float, *findings: FindingRecord) -> int:
        with database.write() as session:
            return guarded(session, *findings, state="refused" if findings else "answered", **{EUROS: score})

    return store


@pytest.fixture(autouse=True)
def _always_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "FRESH_S", -1.0)


def test_every_post_is_there_also_without_traffic(database: Database, guarding: Guarding) -> None:
    picture = Meter(database, guarding).picture(7)
    posts = [(one.post.guard, one.post.stand, one.looked_at, one.counts.acted) for one in picture.posts if one.post]
    assert (EUROS, "question", 0, {}) in posts
    assert ("leak", "answer", None, {}) in posts
    assert picture.reviewed.answers == 0


def test_false_alarms_are_votes_of_reviewers(database: Database, guarding: Guarding, fill: Fill) -> None:
    for verdict in ("fine", "attack", "fine", None):
        answer_id = fill(0.9, found(guard=EUROS))
        with database.write() as session:
            reviews.appeal(session, answer_id)
            reviews.decide(session, answer_id, verdict)
    fill(0.1)
    [figures] = [one for one in Meter(database, guarding).picture(30).posts if one.post.guard == EUROS]
    assert (figures.looked_at, figures.counts.acted) == (5, {"refuse": 4})
    assert (figures.false_alarms, figures.false_alarms_of_all) == ((2, 3), (2, 5))


@pytest.mark.parametrize(
    ("threshold", "gained", "lost"),
    [(0.7, 0, 0), (0.5, 1, 0), (0.501, 0, 0), (0.0, 2, 0), (0.8, 0, 0), (0.801, 0, 1), (1.0, 0, 2)],
)
def test_another_threshold_is_tried_on_stored_questions(
    database: Database, guarding: Guarding, fill: Fill, threshold: float, gained: int, lost: int
) -> None:
    """At 0.7 two were stopped by this guard, one by another as well."""
    for score in (0.1, 0.5):
        fill(score)
    for score in (0.8, 0.9):
        fill(score, found(guard=EUROS))
    fill(0.75, found(guard=EUROS), found(guard="another"))
    change = Meter(database, guarding).change(EUROS, threshold, 7)
    assert (change.gained, change.lost) == (gained, lost)
    assert (len(change.gained_examples), len(change.lost_examples)) == (gained, lost)


def test_a_guard_that_stands_nowhere_has_no_threshold(database: Database, guarding: Guarding) -> None:
    with pytest.raises(KeyError):
        Meter(database, guarding).change("leak", 0.5, 7)


def test_scores_are_not_read_again_at_once(
    database: Database, guarding: Guarding, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Votes are: they change by a click on the next page."""
    monkeypatch.setattr(meter, "FRESH_S", 60.0)
    house = Meter(database, guarding)
    answer_id = fill(0.9, found(guard=EUROS))
    house.picture(7)
    fill(0.1)
    with database.write() as session:
        reviews.appeal(session, answer_id)
        reviews.decide(session, answer_id, "fine")
    [figures] = [one for one in house.picture(7).posts if one.post.guard == EUROS]
    assert (figures.looked_at, figures.questions, figures.false_alarms) == (1, 2, (1, 1))
