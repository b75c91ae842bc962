"""Answers while they are written and when they are done: state, text, citations and trace."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import cast

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from store import conflicts, findings, items, uses
from store.models import Citation, Conversation, Document, Message, Trace, now
from store.records import AnswerState, CitationRecord, ConflictRecord, SupportRecord, TraceRecord, UseRecord


@dataclass(frozen=True, slots=True)
class Finished:
    """How an answer ended."""

    text: str
    state: AnswerState
    writer: str | None = None
    degraded: str | None = None
    problem: str | None = None
    follow_ups: tuple[str, ...] = ()
    citations: tuple[CitationRecord, ...] = ()
    uses: tuple[UseRecord, ...] = ()
    sentences: int | None = None  # that claim something; None: they were not looked at
    supported: int | None = None  # of these
    conflicts: tuple[ConflictRecord, ...] = ()  # of its sources
    verified: int | None = None  # the verified answer that was served


def ask(session: Session, conversation_id: str, question: str) -> int:
    """Stores a question and gives its id."""
    message = Message(conversation_id=conversation_id, role="question", text=question)
    session.add(message)
    session.flush()
    return message.id


def begin(session: Session, conversation_id: str, question_id: int, owner: str) -> int:
    """Stores an answer that is about to be written by the process `owner`, and gives its id."""
    message = Message(
        conversation_id=conversation_id, role="answer", reply_to=question_id, state="writing", owner=owner
    )
    session.add(message)
    session.flush()
    return message.id


def save_progress(session: Session, texts: Mapping[int, str]) -> None:
    """Keeps the text so far of answers that are still being written."""
    if not texts:
        return
    writing = update(Message).where(Message.id == bindparam("answer"), Message.state == "writing")
    rows = [{"answer": message_id, "so_far": text} for message_id, text in texts.items()]
    session.connection().execute(writing.values(text=bindparam("so_far")), rows)  # one statement: four times a second


def finish(session: Session, message_id: int, finished: Finished, trace: TraceRecord) -> None:
    """Stores how an answer ended. An answer deleted meanwhile stays deleted."""
    message = session.get(Message, message_id)
    if message is None:
        return
    message.text, message.state, message.writer = finished.text, finished.state, finished.writer
    message.degraded, message.problem = finished.degraded, finished.problem
    message.follow_ups, message.finished_at, message.owner = list(finished.follow_ups), now(), None
    message.sentences, message.supported = finished.sentences, finished.supported
    named = {citation.document_id for citation in finished.citations}
    still_there = set(session.scalars(select(Document.id).where(Document.id.in_(named))))
    session.add_all(_citation(message_id, citation, still_there) for citation in finished.citations)
    uses.keep(session, message_id, finished.uses)
    findings.keep(session, [replace(one, message_id=message_id) for one in trace.findings])
    findings.keep_drafts(session, trace.drafts)
    conflicts.keep(session, message_id, finished.conflicts)
    session.add(
        Trace(
            id=trace.id,
            message_id=message_id,
            query=trace.query,
            rewritten_by=trace.rewritten_by,
            prompt=trace.prompt,
            passages=list(trace.passages),
            settings=trace.settings,
            usage=trace.usage,
            timings_ms=dict(trace.timings_ms),
            notes=list(trace.notes),
            parts=list(trace.parts),
            support=[asdict(one) for one in trace.support],
            scores=trace.scores,
            cost_usd=trace.cost_usd,
        )
    )
    items.refresh(session, [message_id])


def compared(session: Session, message_id: int, found: Sequence[ConflictRecord]) -> None:
    """Stores what the sources of a finished answer disagree in. An answer deleted meanwhile stays deleted."""
    if session.get(Message, message_id):
        conflicts.keep(session, message_id, found)
        session.flush()
        items.refresh(session, [message_id])


def owners(session: Session) -> set[str]:
    """The processes that are said to be writing an answer."""
    return set(session.scalars(select(Message.owner).where(Message.state == "writing"))) - {None}  # type: ignore[return-value]


def interrupt(session: Session, dead: Sequence[str]) -> int:
    """Marks the unfinished answers of these processes; their text stays. Gives how many there were."""
    orphaned = update(Message).where(Message.state == "writing", Message.owner.in_(dead))
    result = session.execute(orphaned.values(state="interrupted", finished_at=now(), owner=None))
    return cast(int, result.rowcount)  # type: ignore[attr-defined]


def progress(session: Session, person_id: str, message_id: int) -> tuple[AnswerState, str] | None:
    """State and text of an answer, if it is this person's own."""
    row = session.execute(
        select(Message.state, Message.text)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .where(Message.id == message_id, Conversation.person_id == person_id)
    ).first()
    return (cast(AnswerState, row[0]), row[1]) if row else None


def question_of(session: Session, person_id: str, question_id: int) -> tuple[str, str] | None:
    """Conversation and text of a question, if it is this person's own."""
    row = session.execute(
        select(Message.conversation_id, Message.text)
        .join(Conversation, Message.conversation_id == Conversation.id)
        .where(Message.id == question_id, Message.role == "question", Conversation.person_id == person_id)
    ).first()
    return (row[0], row[1]) if row else None


def trace(session: Session, message_id: int) -> TraceRecord | None:
    """Everything about one answer."""
    row = session.scalar(select(Trace).where(Trace.message_id == message_id))
    if row is None:
        return None
    return TraceRecord(
        id=row.id,
        query=row.query,
        rewritten_by=row.rewritten_by,
        prompt=row.prompt,
        passages=tuple(row.passages),
        settings=row.settings,
        usage=row.usage,
        timings_ms=row.timings_ms,
        notes=tuple(row.notes),
        cost_usd=row.cost_usd,
        parts=tuple(row.parts),
        scores=row.scores,
        support=tuple(SupportRecord(**one) for one in row.support),
    )


def support(session: Session, message_ids: Collection[int]) -> dict[int, tuple[SupportRecord, ...]]:
    """What the sentences of each of these answers rest on."""
    if not message_ids:
        return {}
    rows = session.execute(select(Trace.message_id, Trace.support).where(Trace.message_id.in_(message_ids)))
    return {message_id: tuple(SupportRecord(**one) for one in found) for message_id, found in rows}


def of_trace(session: Session, trace_id: str) -> int | None:
    """The answer that this trace explains."""
    return session.scalar(select(Trace.message_id).where(Trace.id == trace_id))


def _citation(message_id: int, record: CitationRecord, still_there: set[int]) -> Citation:
    return Citation(
        message_id=message_id,
        number=record.number,
        quote=record.quote,
        document_id=record.document_id if record.document_id in still_there else None,
        document=record.document,
        section=record.section,
        page=record.page,
        start=record.start,
        end=record.end,
        version=record.version,
    )
