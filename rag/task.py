"""One answer in the making: what was asked and found, and what the reader sees so far."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from guards.guard import Context
from guards.schema import Draft
from guards.support import Sentence
from guards.verdicts import masked
from rag.cancellation import Cancellation
from rag.citations import Cited, Numbering, cite, claim_sources, settled
from rag.events import Revised, TextDelta
from rag.guarding import Guarding
from rag.problems import Kind
from rag.types import Answer, Part, Passage, Query, Question, Retrieval, Spend, Usage, unpaid
from rag.writers.extractive import NAME as EXTRACTIVE
from rag.writing.looking import Looking
from store.records import ExampleRecord


@dataclass(frozen=True, slots=True)
class Written:
    """A text with the writers' own numbers, and who wrote from where on."""

    text: str = ""
    begun: tuple[tuple[str, int], ...] = ()  # writer and first character, in order

    def more(self, writer: str, delta: str) -> "Written":
        """The text with more of this writer's words."""
        begun = self.begun if self.begun and self.begun[-1][0] == writer else (*self.begun, (writer, len(self.text)))
        return Written(self.text + delta, begun)

    def until(self, end: int) -> "Written":
        """The text up to there."""
        return Written(self.text[:end], tuple((writer, start) for writer, start in self.begun if start < end))

    def mapped(self, change: Callable[[str], str]) -> "Written":
        """The text after a change that leaves beginnings beginnings."""
        return Written(change(self.text), tuple((w, len(change(self.text[:start]))) for w, start in self.begun))

    @property
    def settled(self) -> "Written":
        """What stays of a text that broke off: no half mark, no blanks at its end."""
        return self.until(len(settled(self.text)))


@dataclass(slots=True)
class Task:
    """One answer in the making: what was asked and found, and what the reader sees so far."""

    question: Question
    query: Query
    retrieval: Retrieval
    cancellation: Cancellation
    guarding: Guarding
    account: Spend = unpaid  # told what each request cost, whatever becomes of the answer
    written: Written = field(default_factory=Written)
    shown: str = ""  # the same as the reader sees it
    numbering: Numbering = field(init=False)
    usage: Usage = field(init=False)
    looking: Looking = field(init=False)
    trouble: Kind | None = None  # the first that the reader is told of
    examples: tuple[ExampleRecord, ...] = ()  # approved answers that models are shown
    instructions: str = ""  # what models are told before the question
    fence: str = field(default_factory=lambda: secrets.token_hex(4))  # marks passages as data, drawn anew each time

    def __post_init__(self) -> None:
        self.numbering = Numbering(self.passages)
        self.usage = self.query.usage
        self.looking = Looking(self.guarding, self._context())

    def spend(self, usage: Usage) -> None:
        """Adds what one request to a model cost."""
        self.usage += usage
        self.account(usage)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.retrieval.passages

    def add(self, writer: str, delta: str) -> Iterator[TextDelta]:
        """Takes more of a writer's text and gives what can be shown of it."""
        self.written = self.written.more(writer, delta)
        if text := self.looking.holding.feed(self.numbering.feed(delta)):
            self.shown += text
            yield TextDelta(text)

    def put(self, written: Written, why: str) -> Iterator[TextDelta | Revised]:
        """Makes this the whole text, which only grows for the reader where it can."""
        self.written, self.numbering = written, Numbering(self.passages)
        self.looking.begin_again()
        yield from self.show(self.looking.holding.feed(self.numbering.feed(written.text)), why)

    def show(self, text: str, why: str) -> Iterator[TextDelta | Revised]:
        """Gives the event after which the reader sees this text."""
        seen, self.shown = self.shown, text
        if text.startswith(seen):
            if len(text) > len(seen):
                yield TextDelta(text[len(seen) :])
        else:
            yield Revised(text, why)

    def masked(self, written: Written, *, stopping: bool = False) -> Written:
        """A text without what readers may not see; `stopping`: nor what would have stopped it as a draft."""
        found = self.looking.masks(written.text, stopping=stopping)
        return written.mapped(lambda text: masked(text, found)) if found else written

    def partial(self) -> Answer | None:
        """What there is when the reader stops it: the text so far, with footnotes for the marks that can have them."""
        if not self.written.text:
            return None
        written = self.masked(self.written, stopping=True)
        text, begun = written.text, written.begun
        cited, parts = self.cite(Draft(answer=text, citations=claim_sources(text, self.passages)), begun)
        support = self.support(cited, parts)
        return Answer(
            cited.text, "answered", begun[-1][0], cited.citations, usage=self.usage, parts=parts, support=support
        )

    def support(self, cited: Cited, parts: Sequence[Part]) -> tuple[Sentence, ...] | None:
        """What each sentence of the finished text rests on."""
        quoting = [(part.start, part.end) for part in parts if part.writer == EXTRACTIVE]
        return self.looking.support(cited.text, cited.quotes, quoting)

    def _context(self) -> Context:
        """What the answer stands beside, for guards."""
        history = tuple(turn.question for turn in self.question.history)
        return Context(
            question=self.question.text,
            passages=tuple(passage.text for passage in self.passages),
            history=history,
            canary=self.fence,
            instructions=self.instructions,
            headings=tuple(dict.fromkeys(f"{one.document}: {one.section}" for one in self.passages)),
        )

    def cite(self, draft: Draft, begun: Sequence[tuple[str, int]]) -> tuple[Cited, tuple[Part, ...]]:
        """The finished text with its footnotes, and who wrote which of its words."""
        cited = cite(draft, self.passages, [start for _, start in begun])
        places = pairwise((0, *cited.cuts[1:], len(cited.text)))
        parts = (Part(writer, start, end) for (writer, _), (start, end) in zip(begun, places, strict=bool(begun)))
        return cited, tuple(part for part in parts if part.end > part.start)
