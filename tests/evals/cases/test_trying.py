"""Test cases asked again: what is checked, and what the command makes of it."""

import json

import pytest

from evals.cases.command import measures, report
from evals.cases.trying import Outcome, tried
from rag.assistant import Asked
from rag.house import House
from rag.review.cases import CaseDraft
from store.records import SourceRecord
from tests.conftest import LibraryOf
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, TRAVEL
from tests.rag.review.conftest import REVIEWER, hotel, stocked
from tests.rag.test_assistant import answered

__all__ = ["hotel", "stocked"]


def kept(house: House, asked: Asked, **changes: object) -> list[Outcome]:
    """The outcomes after the suggested case was kept with these changes."""
    draft = house.desk.cases.suggested(asked.answer_id)
    assert draft is not None
    values = {name: getattr(draft, name) for name in ("question", "sources", "facts", "answerable", "dataset")}
    house.desk.cases.keep(asked.answer_id, CaseDraft(**(values | changes)), by=REVIEWER)
    return list(tried(house, house.desk.cases.listing()))


def test_a_case_that_is_still_answered_so_passes(stocked: House, hotel: Asked) -> None:
    (outcome,) = kept(stocked, hotel)
    assert (outcome.passed, outcome.status, outcome.retrieved, outcome.cited) == (True, "answered", {0}, {0})


def test_a_fact_that_is_not_said_fails_it(stocked: House, hotel: Asked) -> None:
    (outcome,) = kept(stocked, hotel, facts=("140 euros", "second class"))
    assert (outcome.passed, outcome.missing) == (False, ("second class",))


def test_a_source_that_is_found_but_not_cited_fails_it(stocked: House, hotel: Asked) -> None:
    travel = next(one.id for one in stocked.library.listing() if one.name == "travel.md")
    (outcome,) = kept(stocked, hotel, sources=(SourceRecord(travel, "Travel", "Trains are booked in second class."),))
    assert (outcome.passed, outcome.retrieved, outcome.cited) == (False, {0}, frozenset())


def test_what_should_be_declined_and_is_answered_fails(stocked: House, hotel: Asked) -> None:
    (outcome,) = kept(stocked, hotel, answerable=False)
    assert (outcome.passed, outcome.answered_rightly) == (False, False)
    (declined,) = [
        one for one in kept(stocked, answered(stocked, "What is on the moon?")) if one.case.question != HOTEL
    ]
    assert (declined.passed, declined.status) == (True, "not_found")


def test_words_that_changed_are_neither_found_nor_said(stocked: House, hotel: Asked, library_of: LibraryOf) -> None:
    kept(stocked, hotel)
    library_of(stocked, {"travel.md": TRAVEL.replace("140", "150")})
    (outcome,) = tried(stocked, stocked.desk.cases.listing())
    assert (outcome.passed, outcome.missing, outcome.cited) == (False, ("140 euros",), frozenset())


def test_a_verified_answer_does_not_answer_for_the_pipeline(stocked: House, hotel: Asked) -> None:
    stocked.desk.verified.make(hotel.answer_id, HOTEL, by=REVIEWER)
    (outcome,) = kept(stocked, hotel)
    assert outcome.writer == "extractive"


def test_the_table_has_intervals_and_the_share_required_decides(
    stocked: House, hotel: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = kept(stocked, hotel, facts=("140 euros", "second class"))
    assert [(row.name, row.kept, row.of) for row in measures(outcomes)][-2:] == [
        ("facts stated", 1, 2),
        ("cases passed", 0, 1),
    ]
    assert [report(outcomes, as_json=False, require=one) for one in (0.0, 0.5)] == [0, 1]
    told = capsys.readouterr()
    assert "0.50 [0.09, 0.91]" in told.out
    assert "(missing: second class)" in told.out
    assert "50% are required" in told.err


def test_as_json_it_says_the_same(stocked: House, hotel: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    report(kept(stocked, hotel), as_json=True, require=1.0)
    told = json.loads(capsys.readouterr().out)
    assert told["cases"][0]["sources"] == [
        {"document_id": 2, "document": "Travel", "quote": HOTEL_SENTENCE, "retrieved": True, "cited": True}
    ]
    assert told["measures"][-1]["interval"] == pytest.approx([0.2065, 1.0], abs=1e-4)
