"""What tests of the store put into it first."""

from typing import Any

from sqlalchemy.orm import Session

from store import answers, conversations, documents, people
from store.answers import Finished
from store.documents import NewChunk, NewDocument
from store.records import CitationRecord, FindingRecord, TraceRecord
from store.records.guarding import FindingAction, FindingStand

ANA, BEN = "ana", "ben"


def asked(session: Session, question: str = "How late?", person: str = ANA) -> tuple[str, int, int]:
    """A person's conversation with a question and an answer that is being written: their ids."""
    people.remember(session, person)
    conversation_id = conversations.create(session, person, question)
    question_id = answers.ask(session, conversation_id, question)
    return conversation_id, question_id, answers.begin(session, conversation_id, question_id, "process")


def trace(**changes: Any) -> TraceRecord:
    values: dict[str, Any] = {
        "id": "t1",
        "query": "How late?",
        "rewritten_by": None,
        "prompt": "answer@1",
        "passages": (),
        "settings": {},
        "usage": {},
        "timings_ms": {},
        "notes": (),
        "cost_usd": None,
    }
    return TraceRecord(**(values | changes))


def found(
    action: FindingAction = "refuse", stand: FindingStand = "question", guard: str = "moon", **changes: Any
) -> FindingRecord:
    """What a guard saw and did."""
    return FindingRecord(stand, guard, changes.pop("what", "moonlight"), "It speaks of the moon.", action, **changes)


def guarded(
    session: Session, *findings: FindingRecord, state: str = "refused", question: str = "How late?", **scores: float
) -> int:
    """An answer about which guards found this; `scores` are those of guards at the question."""
    *_, answer_id = asked(session, question)
    sure = {f"question/{guard}": score for guard, score in scores.items()}
    kept = trace(id=f"trace {answer_id}", findings=findings, scores=sure)
    answers.finish(session, answer_id, finished("", state=state, writer=None), kept)
    return answer_id


def citation(document_id: int | None, **changes: Any) -> CitationRecord:
    values: dict[str, Any] = {
        "id": 0,
        "number": 1,
        "quote": "until nine",
        "document_id": document_id,
        "document": "House rules",
        "section": "Garden",
        "page": 2,
        "start": 4,
        "end": 14,
    }
    return CitationRecord(**(values | changes))


def finished(text: str = "Until nine. [1]", **changes: Any) -> Finished:
    return Finished(**({"text": text, "state": "answered", "writer": "first"} | changes))


def document(text: str, *, name: str = "rules.md", section: str = "Garden", pieces: int = 1) -> NewDocument:
    """A document whose text is cut into this many chunks."""
    size = -(-len(text) // pieces) or 1
    spans = [(start, min(start + size, len(text))) for start in range(0, len(text), size)]
    chunks = [NewChunk(at, start, end, section, None) for at, (start, end) in enumerate(spans)]
    return NewDocument(name, name.partition(".")[0], f"hash of {name}", len(text), None, text, chunks)


def added(session: Session, text: str, **changes: Any) -> int:
    return documents.add(session, document(text, **changes))
