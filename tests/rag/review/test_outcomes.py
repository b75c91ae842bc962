"""What was made of an answer, as reviewers see it from whom personal data is hidden."""

import json
from dataclasses import replace

import pytest

from rag.assistant import Asked, Unfit
from rag.house import House
from rag.review.cases import CaseDraft
from store.records import BetterSourceRecord
from tests.rag.answering import HOTEL
from tests.rag.review.conftest import OTHER, REVIEWER, Sql
from tests.rag.test_assistant import ANA, kept

WHO = "My name is Ana Kovač, ana.kovac@example.com."
TEXT = "Ask ana.kovac@example.com; 140 euros. [1]"
ASKED = "What may ana.kovac@example.com spend on a hotel night?"


def made(house: House, asked: Asked) -> None:
    number = asked.answer_id
    house.desk.approvals.approve(number, TEXT, by=OTHER)
    house.desk.cases.keep(number, CaseDraft(ASKED, facts=("ana.kovac@example.com", "140 euros")), by=OTHER)
    house.desk.verified.make(number, ASKED, by=OTHER)
    house.desk.tasks.add("missing", ASKED, by=OTHER, words=WHO, answer_id=number)


def test_what_others_made_hides_personal_data_too(stocked: House, hotel: Asked) -> None:
    made(stocked, hotel)
    found = stocked.desk.outcomes.of(REVIEWER, hotel.answer_id)
    assert found is not None
    assert found.hidden
    assert "ana.kovac" not in repr(found)
    assert "[e-mail]" in found.proposed.text


def test_a_case_changed_by_who_does_not_see_it_all_keeps_what_they_left(stocked: House, hotel: Asked, sql: Sql) -> None:
    made(stocked, hotel)
    found = stocked.desk.outcomes.of(REVIEWER, hotel.answer_id)
    assert found is not None
    assert found.case is not None
    shown = CaseDraft(found.case.question, facts=found.case.facts)
    assert "ana.kovac" not in repr(shown)
    stocked.desk.cases.keep(hotel.answer_id, replace(shown, facts=(*shown.facts, "a night")), by=REVIEWER, shown=shown)
    [(question, facts)] = sql("SELECT question, facts FROM cases")
    assert (question, json.loads(facts)) == (ASKED, ["ana.kovac@example.com", "140 euros", "a night"])


def test_nobody_vouches_for_what_is_hidden_from_them(stocked: House, hotel: Asked) -> None:
    stocked.desk.approvals.approve(hotel.answer_id, TEXT, by=OTHER)
    with pytest.raises(Unfit, match="hidden from you"):
        stocked.desk.outcomes.verify(REVIEWER, hotel.answer_id, HOTEL)


def test_a_mark_in_the_place_of_a_value_is_neither_served_nor_taught(stocked: House, hotel: Asked) -> None:
    stocked.desk.approvals.approve(hotel.answer_id, "Ask [e-mail]; 140 euros. [1]", by=REVIEWER)
    with pytest.raises(Unfit, match=r"\[e-mail\]"):
        stocked.desk.outcomes.verify(REVIEWER, hotel.answer_id, HOTEL)
    with pytest.raises(Unfit, match=r"\[e-mail\]"):
        stocked.desk.examples.approve(hotel.answer_id, by=REVIEWER)


def test_what_a_reader_says_of_a_footnote_is_hidden_too(stocked: House, hotel: Asked) -> None:
    feedback, [footnote] = stocked.assistant.feedback, kept(stocked, hotel).citations
    better = BetterSourceRecord(1, "Travel", 0, 0, "ana.kovac@example.com pays")
    feedback.name_better(ANA, hotel.answer_id, footnote.id, better, words="as ana.kovac@example.com wrote")
    feedback.correct(ANA, hotel.answer_id, "Ask ana.kovac@example.com [1].")
    item = stocked.desk.inbox.item(REVIEWER, hotel.answer_id)
    assert item is not None
    assert item.feedback is not None
    assert item.feedback.sources[0].words == "as [e-mail] wrote"
    assert "ana.kovac" not in repr(item)
