"""Feedback: nothing that somebody said is lost, in whatever order they say it."""

from itertools import permutations

import pytest
from sqlalchemy import func, select

from rag.feedback import Feedback
from rag.owners import NotYours
from store import answers, conversations
from store.engine import Database
from store.models import Citation, ItemFacet, ReviewItem
from store.models import Feedback as Row
from store.records import BetterSourceRecord, FeedbackRecord
from tests.rag.applying import applied
from tests.store.asking import ANA, BEN, added, asked, citation, finished, trace

ANSWER, CORRECTION = "Until nine. [1] Or ten. [2]", "Until nine, or ten in summer. [1]"
BETTER = BetterSourceRecord(1, "rules", 0, 10, "The garden")


@pytest.fixture
def feedback(database: Database) -> Feedback:
    return Feedback(database)


def answered(database: Database) -> tuple[int, list[int]]:
    """An answer with two footnotes: its id and theirs."""
    with database.write() as session:
        *_, answer_id = asked(session)
        cited = (citation(None, number=1), citation(None, number=2))
        answers.finish(session, answer_id, finished(ANSWER, citations=cited), trace(id=f"t{answer_id}"))
        session.flush()
        found = session.scalars(select(Citation.id).where(Citation.message_id == answer_id).order_by(Citation.number))
        return answer_id, list(found)


def what_is_said(given: FeedbackRecord) -> tuple[object, ...]:
    sources = [(one.number, one.better, one.words) for one in given.sources]
    return given.rating, given.reasons, given.comment, given.correction, sources


def test_nothing_is_lost_in_whatever_order_it_is_said(database: Database, feedback: Feedback) -> None:
    acts = (
        lambda answer, _: feedback.rate(ANA, answer, -1, reasons=["Wrong"]),
        lambda answer, _: feedback.comment(ANA, answer, "Ask Ben."),
        lambda answer, _: feedback.correct(ANA, answer, CORRECTION),
        lambda answer, cited: feedback.call_wrong(ANA, answer, cited[1]),
        lambda answer, cited: feedback.name_better(ANA, answer, cited[0], BETTER),
    )
    for order in list(permutations(acts))[::11]:
        answer_id, cited = answered(database)
        for act in order:
            act(answer_id, cited)
        given = feedback.of(ANA, answer_id)
        sources = [(1, BETTER, ""), (2, None, "")]
        assert what_is_said(given) == (-1, ("Wrong",), "Ask Ben.", CORRECTION, sources)
        assert applied(given.diff, ANSWER) == CORRECTION


def test_each_is_taken_back_alone_and_all_is_kept_as_history(database: Database, feedback: Feedback) -> None:
    answer_id, [first, second] = answered(database)
    feedback.correct(ANA, answer_id, CORRECTION)
    feedback.name_better(ANA, answer_id, first, None, words="Ask Ben.")
    feedback.call_wrong(ANA, answer_id, second)
    feedback.call_wrong(ANA, answer_id, second, wrong=False)
    feedback.correct(ANA, answer_id, "")
    given = feedback.of(ANA, answer_id)
    assert (what_is_said(given), given.diff) == ((0, (), "", None, [(1, None, "Ask Ben.")]), ())
    with database.read() as session:
        kept = session.scalars(select(Row.correction).where(Row.correction.is_not(None)).distinct()).all()
        assert (kept, session.scalar(select(func.count()).select_from(Row))) == ([CORRECTION], 5)


def test_a_wrong_source_counts_in_the_item(database: Database, feedback: Feedback) -> None:
    answer_id, [first, _] = answered(database)
    worth = []
    for wrong in (True, False):
        feedback.call_wrong(ANA, answer_id, first, wrong=wrong)
        with database.read() as session:
            worth.append(session.get_one(ReviewItem, answer_id).worth)
    assert worth == [20, 0]


def test_reasons_go_with_the_thumb_and_words_stay(database: Database, feedback: Feedback) -> None:
    answer_id, _ = answered(database)
    feedback.rate(ANA, answer_id, -1, reasons=["Wrong"], comment="Old.")
    feedback.rate(ANA, answer_id, -1)
    assert what_is_said(feedback.of(ANA, answer_id))[:3] == (-1, ("Wrong",), "Old.")
    feedback.rate(ANA, answer_id, 1)
    assert what_is_said(feedback.of(ANA, answer_id))[:3] == (1, (), "Old.")
    with database.read() as session:
        assert session.scalars(select(ItemFacet).where(ItemFacet.kind == "reason")).all() == []


def test_nobody_speaks_of_the_answers_or_footnotes_of_others(database: Database, feedback: Feedback) -> None:
    (answer_id, [first, _]), (other, _) = answered(database), answered(database)
    for act in (
        lambda: feedback.comment(BEN, answer_id, "x"),
        lambda: feedback.correct(BEN, answer_id, "x"),
        lambda: feedback.call_wrong(BEN, answer_id, first),
        lambda: feedback.call_wrong(ANA, other, first),
        lambda: feedback.name_better(ANA, other, 999, BETTER),
    ):
        with pytest.raises(NotYours):
            act()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Row)) == 0


def test_a_deleted_conversation_takes_all_of_it_along(database: Database, feedback: Feedback) -> None:
    answer_id, [first, _] = answered(database)
    feedback.correct(ANA, answer_id, CORRECTION)
    feedback.call_wrong(ANA, answer_id, first)
    with database.write() as session:
        [conversation] = conversations.history(session, ANA)
        conversations.forget(session, ANA, conversation.id)
        assert [session.scalar(select(func.count()).select_from(table)) for table in (Row, ReviewItem)] == [0, 0]


def test_a_better_source_is_found_across_chunks_or_by_its_name(database: Database, feedback: Feedback) -> None:
    text = "The garden closes at nine. The gate is locked by the warden at ten in the evening. Dogs stay outside."
    with database.write() as session:
        document_id = added(session, text, pieces=3)
        added(session, "Something else altogether.", name="other.md")
    found = feedback.find_source("“the gate is locked by the Warden at ten”")
    assert found is not None
    assert (found.document_id, text[found.start : found.end]) == (document_id, found.quote)
    assert found.quote == "The gate is locked by the warden at ten"
    assert feedback.find_source("rules.md") == BetterSourceRecord(document_id, "rules", 0, 0, "")
    assert [feedback.find_source(words) for words in ("", "the", "No cats are allowed in here")] == [None] * 3


def test_what_is_said_of_an_answer_that_is_gone_belongs_to_nobody(feedback: Feedback) -> None:
    with pytest.raises(NotYours):
        feedback.of(ANA, 999)
