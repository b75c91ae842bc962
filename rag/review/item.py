"""An item as one reviewer may see it: everything about an answer, without personal data where that is hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.review import exact_prompt
from rag.review.masking import Masking
from rag.review.people import Names
from rag.review.veil import Veil
from rag.types import Passage
from store import people
from store.engine import Database
from store.records import AnswerRecord, FeedbackRecord, QuestionRecord, TraceRecord
from store.records.inbox import EventRecord, ItemRecord, ItemRow, SignalRecord

__all__ = ["Item", "Passage", "seen"]

WORDS = ("note", "reply", "approved")  # kinds of events whose detail somebody wrote


@dataclass(frozen=True, slots=True)
class Item:
    """An answer with what there is to know of it."""

    row: ItemRow
    conversation_id: str
    asked: tuple[QuestionRecord, ...]  # the whole conversation
    question: QuestionRecord
    answer: AnswerRecord
    trace: TraceRecord | None
    passages: tuple[Passage, ...]  # with their words, or none where these are gone
    prompt: exact_prompt.ExactPrompt
    topic: str | None
    tags: tuple[str, ...]
    signals: tuple[SignalRecord, ...]
    events: tuple[EventRecord, ...]
    names: Names  # of those who did something with it
    masked: bool

    @property
    def feedback(self) -> FeedbackRecord | None:
        """What its reader says of it."""
        return self.answer.feedback

    @property
    def latest(self) -> int:
        """The last event; 0 when nothing was done with it."""
        return self.events[-1].id if self.events else 0


def seen(database: Database, masking: Masking, brand: str, person: str, item: ItemRecord) -> Item:
    """The item as this reviewer sees it. Raises Unavailable."""
    found = exact_prompt.passages(database, item.trace) if item.trace else ()
    prompt = exact_prompt.rebuilt(database, item, found, brand)
    with database.read() as session:
        names = Names(people.named(session, _people(item)))
    veil = masking.veil(person, _words(item, found))
    asked = tuple(_asked(one, veil) for one in item.asked)
    shown = replace(item, asked=asked)
    return Item(
        row=replace(item.row, question=veil.text(item.row.question), answer=veil.text(item.row.answer)),
        conversation_id=item.conversation_id,
        asked=asked,
        question=shown.question,
        answer=shown.answer,
        trace=item.trace
        and replace(item.trace, query=veil.text(item.trace.query), notes=_each(item.trace.notes, veil)),
        passages=tuple(replace(one, text=veil.text(one.text)) for one in found),
        prompt=replace(prompt, messages=tuple((role, veil.text(text)) for role, text in prompt.messages)),
        topic=item.topic,
        tags=item.tags,
        signals=item.signals,
        events=tuple(_event(one, veil) for one in item.events),
        names=names,
        masked=masking.hides_from(person),
    )


def _people(item: ItemRecord) -> set[str]:
    """Who did something with it, and to whom it was given."""
    named = {one for event in item.events if event.kind == "assignee" for one in event.detail.split(">")}
    return named | {event.actor for event in item.events if event.actor} | {item.row.assignee or ""}


def _words(item: ItemRecord, found: Sequence[Passage]) -> Iterator[str]:
    """All texts that are shown together."""
    for question in item.asked:
        yield question.text
        for answer in question.answers:
            yield answer.text
            if answer.feedback:
                yield from (answer.feedback.comment, answer.feedback.correction or "")
                yield from (source.words for source in answer.feedback.sources)
    yield from (passage.text for passage in found)
    yield from (event.detail for event in item.events if event.kind in WORDS)


def _asked(question: QuestionRecord, veil: Veil) -> QuestionRecord:
    return replace(question, text=veil.text(question.text), answers=tuple(map(veil.answer, question.answers)))


def _each(texts: Sequence[str], veil: Veil) -> tuple[str, ...]:
    return tuple(map(veil.text, texts))


def _event(event: EventRecord, veil: Veil) -> EventRecord:
    return event if event.kind in ("status", "assignee", "reopened") else replace(event, detail=veil.text(event.detail))
