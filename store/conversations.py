"""Conversations: a person's history, and the questions and answers of one."""

import secrets
from collections import defaultdict
from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from store import answers as stored
from store import conflicts, findings, item_words, reviews, tasks
from store.feedback import current_by_answer
from store.models import Citation, Conversation, Message, now
from store.records import (
    AnswerRecord,
    AnswerState,
    CitationRecord,
    ConversationRecord,
    FeedbackRecord,
    FindingRecord,
    QuestionRecord,
    SupportRecord,
)

TITLE_LENGTH = 60


def create(session: Session, person_id: str, question: str) -> str:
    """A new conversation named after its first question; gives its id, which nobody can guess."""
    conversation = Conversation(id=secrets.token_urlsafe(12), person_id=person_id, title=_title(question))
    session.add(conversation)
    session.flush()
    return conversation.id


def find(session: Session, person_id: str, conversation_id: str) -> ConversationRecord | None:
    """The conversation, if it is there and this person's own."""
    row = session.scalar(select(Conversation).where(*_own(person_id, conversation_id)))
    return _record(row) if row else None


def history(session: Session, person_id: str, *, containing: str = "", limit: int = 30) -> list[ConversationRecord]:
    """A person's conversations, the latest first; `containing` looks into titles and messages."""
    query = select(Conversation).where(Conversation.person_id == person_id)
    if containing:
        said = exists().where(
            Message.conversation_id == Conversation.id, Message.text.icontains(containing, autoescape=True)
        )
        query = query.where(or_(Conversation.title.icontains(containing, autoescape=True), said))
    rows = session.scalars(query.order_by(Conversation.updated_at.desc(), Conversation.id).limit(limit))
    return [_record(row) for row in rows]


def rename(session: Session, person_id: str, conversation_id: str, title: str) -> None:
    """Gives a conversation another title; an empty one leaves it as it is."""
    if title.strip():
        change = update(Conversation).where(*_own(person_id, conversation_id))
        session.execute(change.values(title=_title(title)))


def forget(session: Session, person_id: str, conversation_id: str) -> None:
    """Deletes a conversation with its messages, citations, traces and feedback."""
    if find(session, person_id, conversation_id):
        tasks.forget_quotes(session, [conversation_id])
    session.execute(delete(Conversation).where(*_own(person_id, conversation_id)))
    item_words.note_deleted(session)


def touch(session: Session, conversation_id: str) -> None:
    """Moves a conversation to the top of its history."""
    change = update(Conversation).where(Conversation.id == conversation_id)
    session.execute(change.values(updated_at=now()))


def questions(session: Session, person_id: str, conversation_id: str) -> tuple[QuestionRecord, ...]:
    """Every question of a conversation with its answers, citations and this person's feedback, oldest first."""
    of_conversation = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.id)
    messages = list(session.scalars(of_conversation))
    answer_ids = [message.id for message in messages if message.role == "answer"]
    cited = _citations(session, answer_ids)
    rated = current_by_answer(session, person_id, answer_ids)
    found = findings.of_answers(session, answer_ids)
    marked = stored.support(session, [one.id for one in messages if (one.sentences or 0) > (one.supported or 0)])
    appealed = reviews.appealed(session, answer_ids)
    disagree = conflicts.of_answers(session, answer_ids)
    answers: dict[int, list[AnswerRecord]] = defaultdict(list)
    for message in messages:
        if message.reply_to is not None:
            about = cited[message.id], rated.get(message.id), found.get(message.id, []), marked.get(message.id, ())
            answer = _answer(message, *about, appealed=message.id in appealed)
            answers[message.reply_to].append(replace(answer, conflicts=disagree.get(message.id, ())))
    return tuple(
        QuestionRecord(message.id, message.text, message.created_at, tuple(answers[message.id]))
        for message in messages
        if message.role == "question"
    )


def answer(session: Session, message_id: int) -> tuple[str, AnswerRecord] | None:
    """An answer with its footnotes, whoever asked, and its question; None when it is gone."""
    message = session.get(Message, message_id)
    question = session.get(Message, message.reply_to) if message and message.reply_to else None
    if message is None or question is None:
        return None
    return question.text, _answer(message, _citations(session, [message_id])[message_id], None, [])


def _own(person_id: str, conversation_id: str) -> tuple[ColumnElement[bool], ...]:
    return Conversation.id == conversation_id, Conversation.person_id == person_id


def _title(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _record(row: Conversation) -> ConversationRecord:
    return ConversationRecord(row.id, row.title, row.updated_at)


def _citations(session: Session, message_ids: list[int]) -> dict[int, list[CitationRecord]]:
    rows = session.scalars(
        select(Citation)
        .where(Citation.message_id.in_(message_ids))
        .order_by(Citation.message_id, Citation.number, Citation.id)
    )
    found: dict[int, list[CitationRecord]] = defaultdict(list)
    for row in rows:
        found[row.message_id].append(
            CitationRecord(
                id=row.id,
                number=row.number,
                quote=row.quote,
                document_id=row.document_id,
                document=row.document,
                section=row.section,
                page=row.page,
                start=row.start,
                end=row.end,
                version=row.version,
            )
        )
    return found


def _answer(
    message: Message,
    citations: list[CitationRecord],
    feedback: FeedbackRecord | None,
    found: list[FindingRecord],
    support: tuple[SupportRecord, ...] = (),
    *,
    appealed: bool = False,
) -> AnswerRecord:
    return AnswerRecord(
        id=message.id,
        question_id=cast(int, message.reply_to),
        text=message.text,
        state=cast(AnswerState, message.state),
        writer=message.writer,
        degraded=message.degraded,
        problem=message.problem,
        follow_ups=tuple(message.follow_ups),
        created_at=message.created_at,
        citations=tuple(citations),
        feedback=feedback,
        findings=tuple(found),
        sentences=message.sentences,
        supported=message.supported,
        support=support,
        appealed=appealed,
        finished_at=message.finished_at,
    )
