"""Sources that disagree, and documents that were replaced since they were cited."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import answers, conflicts, conversations, documents, versions
from store.engine import Database
from store.models import ItemFacet, ReviewItem
from store.records import ConflictRecord
from tests.store.asking import ANA, added, asked, citation, document, finished, trace


def conflict(document_id: int | None, other_id: int | None) -> ConflictRecord:
    return ConflictRecord("number", 1, 2, "180 days", "90 days", document_id, other_id, "They disagree.")


def answered(session: Session, *found: ConflictRecord, **cited: object) -> int:
    *_, answer_id = asked(session)
    citations = (citation(**cited),) if cited else ()  # type: ignore[arg-type]
    answers.finish(session, answer_id, finished(conflicts=found, citations=citations), trace(id=f"trace {answer_id}"))
    return answer_id


def test_conflicts_are_kept_with_the_answer_and_make_it_worth_reading(database: Database) -> None:
    with database.write() as session:
        one, other = added(session, "180 days"), added(session, "90 days", name="new.md")
        conversation_id, _, answer_id = asked(session)
        kept = conflict(one, other)
        answers.finish(session, answer_id, finished(conflicts=(kept,)), trace())
        assert conflicts.of_answers(session, [answer_id, 99]) == {answer_id: (kept,)}
        assert conversations.questions(session, ANA, conversation_id)[0].answers[0].conflicts == (kept,)
        assert session.execute(select(ItemFacet.kind, ItemFacet.label)).all() == [("conflict", "number")]
        assert session.get_one(ReviewItem, answer_id).worth > 0


def test_a_document_deleted_meanwhile_leaves_the_words(database: Database) -> None:
    with database.write() as session:
        one, other = added(session, "180 days"), added(session, "90 days", name="new.md")
        documents.remove(session, one)
        answer_id = answered(session, conflict(one, other))
        (kept,) = conflicts.of_answers(session, [answer_id])[answer_id]
        assert (kept.document_id, kept.other_id, kept.first_words) == (None, other, "180 days")


def test_cited_words_that_a_new_version_has_not_are_told(database: Database) -> None:
    with database.write() as session:
        document_id = added(session, "Open until nine. Closed on Sundays.")
        gone = answered(session, document_id=document_id, quote="until nine")
        still = answered(session, document_id=document_id, quote="Closed on Sundays")
        assert conflicts.of_answers(session, [gone, still]) == {}
        versions.put(session, replace(document("Open until ten. Closed on Sundays."), content_hash="another"))
        found = conflicts.of_answers(session, [gone, still])
        assert list(found) == [gone]
        assert [(one.kind, one.first, one.second, one.first_words) for one in found[gone]] == [
            ("older", 1, None, "until nine")
        ]


def test_nothing_is_asked_about_no_answers(database: Database) -> None:
    with database.read() as session:
        assert conflicts.of_answers(session, []) == {}
