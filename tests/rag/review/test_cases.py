"""Test cases made from answers."""

import pytest

from rag.assistant import Asked, Unfit
from rag.house import House
from rag.review.cases import Begun, CaseDraft, Meanwhile
from store.records import SourceRecord
from tests.rag.answering import HOTEL, HOTEL_SENTENCE
from tests.rag.review.conftest import OTHER, REVIEWER, Sql
from tests.rag.test_assistant import ANA, answered, kept


def suggested(house: House, asked: Asked) -> CaseDraft:
    found = house.desk.cases.suggested(asked.answer_id)
    assert found is not None
    return found


def test_a_case_is_suggested_from_what_was_asked_cited_and_said(stocked: House, hotel: Asked) -> None:
    draft = suggested(stocked, hotel)
    assert (draft.question, draft.facts, draft.answerable) == (HOTEL, ("140 euros",), True)
    assert [(one.document, one.quote) for one in draft.sources] == [("Travel", HOTEL_SENTENCE)]


def test_a_follow_up_is_suggested_as_it_was_searched_for(stocked: House, hotel: Asked) -> None:
    later = answered(stocked, "And how much is it?", hotel.conversation_id)
    assert "hotel" in suggested(stocked, later).question


def test_facts_are_those_of_the_approved_text(stocked: House, hotel: Asked) -> None:
    stocked.desk.approvals.approve(hotel.answer_id, "150 euros since 3 May 2024. [1]", by=REVIEWER)
    assert suggested(stocked, hotel).facts == ("150 euros", "3 May 2024")


def test_sources_that_readers_call_wrong_give_way_to_better_ones(stocked: House, hotel: Asked) -> None:
    refunds = next(one.id for one in stocked.library.listing() if one.name == "refunds.md")
    said = stocked.assistant.feedback
    (footnote,) = kept(stocked, hotel).citations
    better = said.find_source("gets the full price back")
    said.name_better(ANA, hotel.answer_id, footnote.id, better)
    assert suggested(stocked, hotel).sources == (SourceRecord(refunds, "Refunds", "gets the full price back"),)


def test_what_was_not_found_is_suggested_as_not_answerable(stocked: House) -> None:
    draft = suggested(stocked, answered(stocked, "What is on the moon?"))
    assert (draft.answerable, draft.sources, draft.facts) == (False, (), ())


def test_a_case_is_made_changed_by_another_and_deleted(stocked: House, hotel: Asked, sql: Sql) -> None:
    cases, draft = stocked.desk.cases, suggested(stocked, hotel)
    cases.keep(hotel.answer_id, draft, by=REVIEWER)
    cases.keep(
        hotel.answer_id, CaseDraft("Hotel limit?", facts=("140 euros", " 140  euros"), dataset="travel"), by=OTHER
    )
    assert sql("SELECT question, dataset, facts, by FROM cases") == [
        ("Hotel limit?", "travel", '["140 euros"]', REVIEWER)
    ]
    (case,) = cases.listing("travel")
    cases.delete(case.id, by=OTHER)
    assert (cases.of(hotel.answer_id), cases.datasets()) == (None, {})
    assert sql("SELECT actor, kind, detail FROM review_events") == [
        (REVIEWER, "case", "made"),
        (OTHER, "case", "changed"),
        (OTHER, "case", "deleted"),
    ]


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (CaseDraft(" "), "question"),
        (CaseDraft("Why?"), "cites or holds"),
        (CaseDraft("Why?", facts=("x" * 301,)), "short phrase"),
        (CaseDraft("Why?" * 600, facts=("x",)), "most"),
    ],
)
def test_a_case_that_checks_nothing_is_refused(stocked: House, hotel: Asked, draft: CaseDraft, why: str) -> None:
    with pytest.raises(Unfit, match=why):
        stocked.desk.cases.keep(hotel.answer_id, draft, by=REVIEWER)


def test_cases_go_with_their_conversation(stocked: House, hotel: Asked) -> None:
    stocked.desk.cases.keep(hotel.answer_id, suggested(stocked, hotel), by=REVIEWER)
    stocked.assistant.forget(ANA, hotel.conversation_id)
    assert stocked.desk.cases.listing() == []


def test_a_deleted_document_takes_its_words_out_of_cases(stocked: House, hotel: Asked) -> None:
    stocked.desk.cases.keep(hotel.answer_id, suggested(stocked, hotel), by=REVIEWER)
    for document in stocked.library.listing():
        stocked.library.remove(document.id)
    assert stocked.desk.cases.listing()[0].sources == (SourceRecord(None, "Travel", ""),)


def test_what_somebody_else_kept_meanwhile_is_replaced_only_once_it_was_seen(stocked: House, hotel: Asked) -> None:
    cases, nothing, number = stocked.desk.cases, Begun(None), hotel.answer_id
    mine, theirs = CaseDraft("Mine?", facts=("1",)), CaseDraft("Theirs?", facts=("2",))
    cases.keep(number, theirs, by=OTHER, over=nothing)
    with pytest.raises(Meanwhile) as found:
        cases.keep(number, mine, by=REVIEWER, over=nothing)
    case = cases.of(number)
    assert case
    assert (case.question, found.value.by, found.value.stands) == ("Theirs?", OTHER, Begun(case.changed_at))
    with pytest.raises(Meanwhile):
        cases.change(case.id, mine, by=REVIEWER, over=nothing)
    cases.change(case.id, mine, by=REVIEWER, over=found.value.stands)
    cases.keep(number, mine, by=REVIEWER, over=found.value.stands)  # their own other tab is no stranger
    cases.delete(case.id, by=OTHER)
    with pytest.raises(Meanwhile):
        cases.keep(number, mine, by=REVIEWER, over=found.value.stands)
    assert cases.of(number) is None
