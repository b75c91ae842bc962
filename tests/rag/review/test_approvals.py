"""Approved texts, with SQL as the witness."""

import pytest

from rag.assistant import Asked, Unfit
from rag.house import House
from tests.rag.answering import HOTEL_SENTENCE
from tests.rag.review.conftest import OTHER, REVIEWER, Sql
from tests.rag.test_assistant import ANA

EVENTS = "SELECT actor, kind, detail FROM review_events ORDER BY id"
BETTER = "Up to 140 euros a night. [1]"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (f"{HOTEL_SENTENCE} [1]", "as it is"),
        (BETTER, "as its reader corrected it"),
        ("140 euros. [1]", "edited"),
    ],
)
def test_what_was_approved_is_kept_with_who_did_it(stocked: House, hotel: Asked, sql: Sql, text: str, how: str) -> None:
    stocked.assistant.feedback.correct(ANA, hotel.answer_id, BETTER)
    assert stocked.desk.approvals.approve(hotel.answer_id, f"  {text}\n", by=REVIEWER) == ""
    assert sql("SELECT text, by FROM approved_answers") == [(text, REVIEWER)]
    assert sql(EVENTS) == [(REVIEWER, "approved", how)]


def test_another_reviewer_changes_it_and_it_can_be_taken_back(stocked: House, hotel: Asked, sql: Sql) -> None:
    approvals = stocked.desk.approvals
    approvals.approve(hotel.answer_id, BETTER, by=REVIEWER)
    approvals.approve(hotel.answer_id, "140 euros. [1]", by=OTHER)
    assert sql("SELECT text, by FROM approved_answers") == [("140 euros. [1]", OTHER)]
    approvals.take_back(hotel.answer_id, by=REVIEWER)
    approvals.take_back(hotel.answer_id, by=REVIEWER)
    assert sql("SELECT count(*) FROM approved_answers") == [(0,)]
    assert sql(EVENTS)[1:] == [(OTHER, "approved", "edited"), (REVIEWER, "approved", "taken back")]


def test_a_reviewer_begins_with_what_was_approved_else_the_correction_else_the_answer(
    stocked: House, hotel: Asked
) -> None:
    begun = []
    for change in (
        lambda: None,
        lambda: stocked.assistant.feedback.correct(ANA, hotel.answer_id, BETTER),
        lambda: stocked.desk.approvals.approve(hotel.answer_id, "140 euros. [1]", by=REVIEWER),
    ):
        change()
        proposed = stocked.desk.approvals.proposed(hotel.answer_id)
        begun.append(proposed.text if proposed else None)
    assert begun == [f"{HOTEL_SENTENCE} [1]", BETTER, "140 euros. [1]"]


@pytest.mark.parametrize(
    ("text", "why"), [(" ", "words"), ("140 euros. [7]", "footnote \\[7\\]"), ("x" * 20_001, "most")]
)
def test_a_text_that_cannot_stand_is_refused_and_nothing_is_kept(
    stocked: House, hotel: Asked, sql: Sql, text: str, why: str
) -> None:
    with pytest.raises(Unfit, match=why):
        stocked.desk.approvals.approve(hotel.answer_id, text, by=REVIEWER)
    assert (sql("SELECT * FROM approved_answers"), sql(EVENTS)) == ([], [])


def test_lost_footnotes_are_told(stocked: House, hotel: Asked) -> None:
    assert "no footnote numbers" in stocked.desk.approvals.approve(hotel.answer_id, "140 euros.", by=REVIEWER)


def test_an_approval_goes_with_its_conversation(stocked: House, hotel: Asked, sql: Sql) -> None:
    stocked.desk.approvals.approve(hotel.answer_id, BETTER, by=REVIEWER)
    stocked.assistant.forget(ANA, hotel.conversation_id)
    assert sql("SELECT count(*) FROM approved_answers") == [(0,)]
    with pytest.raises(Unfit, match="gone"):
        stocked.desk.approvals.approve(hotel.answer_id, BETTER, by=REVIEWER)


def test_an_example_has_the_approved_text_rather_than_the_readers(stocked: House, hotel: Asked, sql: Sql) -> None:
    stocked.assistant.feedback.correct(ANA, hotel.answer_id, BETTER)
    stocked.desk.approvals.approve(hotel.answer_id, "140 euros. [1]", by=REVIEWER)
    stocked.desk.examples.approve(hotel.answer_id, by=OTHER)
    assert stocked.assistant.examples.like("hotel night")[0].draft["answer"] == "140 euros. [1]"
    assert sql(EVENTS)[-1] == (OTHER, "example", "made")
