"""What was made of an answer, as reviewers see it from whom personal data is hidden."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import update

from rag.assistant import Asked, Unfit
from rag.house import House
from rag.review.cases import CaseDraft
from rag.review.replies import BadReply
from store.models import VerifiedAnswer
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
    stocked.desk.outcomes.keep_case(REVIEWER, hotel.answer_id, replace(shown, facts=(*shown.facts, "a night")))
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


def test_a_text_approved_by_who_does_not_see_it_all_is_kept_in_plain_words(stocked: House, hotel: Asked) -> None:
    number = hotel.answer_id
    stocked.assistant.feedback.correct(ANA, number, TEXT)
    found = stocked.desk.outcomes.of(REVIEWER, number)
    assert found is not None
    assert found.proposed.text == "Ask [e-mail]; 140 euros. [1]"
    stocked.desk.outcomes.approve(REVIEWER, number, found.proposed.text.replace("140", "150"))
    assert stocked.desk.outcomes.of(REVIEWER, number).proposed.text == "Ask [e-mail]; 150 euros. [1]"  # type: ignore[union-attr]
    assert stocked.desk.approvals.of(number).text == TEXT.replace("140", "150")  # type: ignore[union-attr]
    for torn in ("Ask [e-mail; 150 euros. [1]", "Ask [phone]; 150 euros. [1]"):
        with pytest.raises(Unfit, match="words that need"):
            stocked.desk.outcomes.approve(REVIEWER, number, torn)


def test_a_new_case_by_who_does_not_see_it_all_holds_plain_words(stocked: House, hotel: Asked, sql: Sql) -> None:
    stocked.desk.approvals.approve(hotel.answer_id, f"{TEXT} {WHO}", by=OTHER)
    found = stocked.desk.outcomes.of(REVIEWER, hotel.answer_id)
    assert found is not None
    stocked.desk.outcomes.keep_case(REVIEWER, hotel.answer_id, found.draft)
    [(facts,)] = sql("SELECT facts FROM cases")
    assert "Ana Kovač" in json.loads(facts)
    assert "[name]" not in facts


def test_a_mark_that_an_earlier_version_kept_expires_before_it_is_served(stocked: House, hotel: Asked) -> None:
    stocked.desk.verified.make(hotel.answer_id, HOTEL, by=OTHER)
    with stocked.database.write() as session:
        session.execute(update(VerifiedAnswer).values(text="Ask [name]. [1]"))
    assert stocked.desk.verified.find(HOTEL) is None
    assert stocked.desk.verified.of(hotel.answer_id).expired_why.startswith("[name] stands in it")  # type: ignore[union-attr]


def test_no_reader_is_sent_a_mark(stocked: House, hotel: Asked) -> None:
    with pytest.raises(BadReply, match=r"\[name\]"):
        stocked.desk.replies.send(hotel.answer_id, "Thank you, [name].", REVIEWER)
