"""The messages a model was sent for an answer, put together again by the functions that made them.

A trace keeps no words of documents, and the mark around passages was drawn for that answer alone. So what is shown is
as it was as far as its parts are still there; what is gone or not known is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from guards.verdicts import Finding, masked
from rag import prompting
from rag.models.chat import Message
from rag.task import Written
from rag.types import Passage, Place, Question, Turn
from rag.writers.extractive import NAME as EXTRACTIVE
from rag.writing.portions import Portion, portions
from store import examples, prompts, texts
from store.engine import Database
from store.records import AnswerRecord, ExampleRecord, PromptRecord, TraceRecord
from store.records.inbox import ItemRecord

FENCE = "········"  # stands for the mark that was drawn for that answer
TURNS = 6  # of the talk before, as a question is asked with
GONE = "(These words are gone: their document was deleted, or this version of it was not kept.)"


@dataclass(frozen=True, slots=True)
class ExactPrompt:
    """What the model was sent; no messages: none was. `told` are sentences about what is not as it was."""

    messages: tuple[Message, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What the functions that make prompts ask for."""

    question: Question
    passages: tuple[Passage, ...]
    examples: tuple[ExampleRecord, ...]
    written: Written
    fence: str = FENCE


@dataclass(slots=True)
class _Parts:
    """What is still there of a prompt's parts, and what has to be told of them."""

    told: list[str] = field(default_factory=list)

    def tell(self, words: str, *, when: object) -> None:
        if when:
            self.told.append(words)


def passages(database: Database, trace: TraceRecord) -> tuple[Passage, ...]:
    """The passages of a trace with their words; empty where these are gone. Raises Unavailable."""
    found = []
    with database.read() as session:
        for kept in trace.passages:
            version = kept.get("version", 1)
            words = texts.span(session, kept["document_id"], kept["start"], kept["end"], version)
            places = tuple(Place(**place) for place in kept["places"])
            changed = {"places": places, "chunk_ids": tuple(kept["chunk_ids"]), "text": words}
            found.append(Passage(**(kept | changed)))
    return tuple(found)


def rebuilt(database: Database, item: ItemRecord, found: Sequence[Passage], brand: str) -> ExactPrompt:
    """What the model that wrote an answer was sent; `found` are its passages with their words. Raises Unavailable."""
    trace, answer = item.trace, item.answer
    if trace is None:
        return ExactPrompt(told=("Nothing was recorded about this answer.",))
    if not any(note.endswith(" wrote") and note != f"{EXTRACTIVE} wrote" for note in trace.notes):
        own = " The answer is made of the documents' own words." if answer.writer == EXTRACTIVE else ""
        return ExactPrompt(told=(f"No model was sent anything.{own}",))
    wanted = next((note for note in trace.notes if note.startswith("examples shown: ")), "")
    numbers = [int(one) for one in wanted.removeprefix("examples shown: ").split(", ") if one.isdigit()]
    with database.read() as session:
        prompt = prompts.version(session, trace.prompt)
        shown = examples.some(session, numbers)
    if prompt is None:
        return ExactPrompt(told=(f"The prompt {trace.prompt or 'it was written with'} is not known any more.",))
    parts = _Parts()
    parts.tell("An example that was shown is gone since.", when=len(shown) < len(numbers))
    return _put_together(item, trace, prompt, brand, tuple(found), tuple(shown), parts)


def _put_together(
    item: ItemRecord,
    trace: TraceRecord,
    prompt: PromptRecord,
    brand: str,
    found: tuple[Passage, ...],
    shown: tuple[ExampleRecord, ...],
    parts: _Parts,
) -> ExactPrompt:
    answer = item.answer
    parts.tell("The words of a passage are gone since.", when=not all(one.text for one in found))
    question = Question(_asked(item.question.text, answer), _before(item))
    there = tuple(one if one.text else replace(one, text=GONE) for one in found)
    told = _Told(question, there, shown, _written(answer, trace))
    portion = _portion(told, trace.notes)
    messages = prompting.messages(prompt.text, brand, told, portion.passages, portion.history)
    parts.tell(f"{FENCE} stands for a mark that was drawn anew for this answer.", when=True)
    parts.tell("A program may have sent another talk before than the one that is kept.", when=portion.history)
    hid = any(one.stand == "passage" and one.action == "mask" and one.start is not None for one in answer.findings)
    parts.tell("What guards hid in passages is not hidden here.", when=hid)
    kept = [note for note in trace.notes if note.startswith("kept from ")]
    parts.tell(f"Masks stood in place of personal data: {'; '.join(kept)}.", when=kept)
    again = any(note.endswith("was asked again") for note in trace.notes)
    parts.tell("The model was asked once more; its first reply, and what was wrong with it, was not kept.", when=again)
    several = len({part["writer"] for part in trace.parts}) > 1
    parts.tell("Several wrote this answer: this is what the last model was sent, in its final numbers.", when=several)
    failed = answer.writer == EXTRACTIVE and not several
    parts.tell("The model failed, and the answer is made of the documents' own words.", when=failed)
    return ExactPrompt(tuple(messages), tuple(parts.told))


def _asked(text: str, answer: AnswerRecord) -> str:
    """The question as the model saw it: guards may have hidden a part."""
    hidden = tuple(
        Finding(one.guard, one.what, one.why, None if one.start is None else (one.start, one.end or 0))
        for one in answer.findings
        if one.stand == "question" and one.action == "mask"
    )
    return masked(text, hidden)


def _before(item: ItemRecord) -> tuple[Turn, ...]:
    """The talk before the question, as far as it is older than the answer."""
    turns = []
    for one in item.asked:
        if one.id < item.question.id:
            older = [answer for answer in one.answers if answer.id < item.row.id]
            turns.append(Turn(one.text, older[-1].text if older else ""))
    return tuple(turns[-TURNS:])


def _written(answer: AnswerRecord, trace: TraceRecord) -> Written:
    """What stood there already when the last model began."""
    models = [part for part in trace.parts if part["writer"] != EXTRACTIVE]
    begun = models[-1]["start"] if models else 0
    return Written(answer.text[:begun])


def _portion(told: _Told, notes: Sequence[str]) -> Portion:
    """How much of it was sent: the last that a note tells of, or all of it."""
    known: Mapping[str, Portion] = {one.told: one for one in portions(told)} if told.passages else {}
    sent = [note for note in notes if note in known and note]
    return known[sent[-1]] if sent else Portion(told.passages, told.question.history)
