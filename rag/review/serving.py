"""A verified answer as the events of an answer: its text in one piece, its footnotes, and who vouches for it."""

from collections.abc import Iterator

from guards.support import Sentence
from rag.events import Answered, Event, Guarded, Noted, TextDelta
from rag.review.upholding import Upheld
from rag.types import Answer, Citation, Part, Query, Vouched
from store.records import CitationRecord, SupportRecord, UseRecord

NAME = "verified"  # its writer


def served(upheld: Upheld, query: Query) -> Iterator[Event]:
    """The events that end with it. No passages were retrieved and no model was asked for it."""
    record = upheld.record
    yield Noted(f"served the verified answer {record.id}")
    yield TextDelta(record.text)
    for ruling in upheld.rulings:
        yield Guarded("answer", ruling)
    support = None if record.support is None else tuple(_sentence(one) for one in record.support)
    uses = tuple(UseRecord(one["document_id"], one["chunk_id"], 1, cited=True) for one in record.sources)
    yield Answered(
        Answer(
            text=record.text,
            status="answered",
            writer=NAME,
            citations=tuple(_citation(one) for one in record.citations),
            usage=query.usage,
            parts=(Part(NAME, 0, len(record.text)),),
            support=support,
            verified=Vouched(record.id, record.changed_at, uses),
        )
    )


def _citation(one: CitationRecord) -> Citation:
    return Citation(
        number=one.number,
        quote=one.quote,
        document_id=one.document_id or 0,
        document=one.document,
        section=one.section,
        page=one.page,
        start=one.start,
        end=one.end,
        version=one.version,
    )


def _sentence(one: SupportRecord) -> Sentence:
    return Sentence(one.start, one.end, one.verdict, one.why, float(one.verdict == "supported"))
