"""One answer in the making: what was asked and found, and what the reader sees so far."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from guards.schema import Draft
from rag.cancellation import Cancellation
from rag.citations import Numbering, cite, claim_sources
from rag.events import TextDelta
from rag.problems import Kind
from rag.types import Answer, Passage, Query, Question, Retrieval, Spend, Usage, unpaid


@dataclass(slots=True)
class Task:
    """One answer in the making: what was asked and found, and what the reader sees so far."""

    question: Question
    query: Query
    retrieval: Retrieval
    cancellation: Cancellation
    account: Spend = unpaid  # told what each request cost, whatever becomes of the answer
    numbering: Numbering = field(init=False)
    written: str = ""  # the text so far, with the writers' own numbers
    shown: str = ""  # the same as the reader sees it
    usage: Usage = field(init=False)
    trouble: Kind | None = None
    fence: str = field(default_factory=lambda: secrets.token_hex(4))  # marks passages as data, drawn anew each time

    def __post_init__(self) -> None:
        self.numbering = Numbering(self.passages)
        self.usage = self.query.usage

    def spend(self, usage: Usage) -> None:
        """Adds what one request to a model cost."""
        self.usage += usage
        self.account(usage)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return self.retrieval.passages

    def add(self, delta: str) -> Iterator[TextDelta]:
        """Takes more of the writer's text and gives what can be shown of it."""
        self.written += delta
        yield from self._show(self.numbering.feed(delta))

    def break_off(self) -> Iterator[TextDelta]:
        """The writer fell silent in the middle; the next one starts a new paragraph."""
        if self.written:
            yield from self.add(" …\n\n")
            yield from self._show(self.numbering.rest())

    def partial(self) -> Answer | None:
        """What there is when the reader stops it: the text so far, with footnotes for the marks that can have them."""
        if not self.written:
            return None
        cited = cite(Draft(answer=self.written, citations=claim_sources(self.written, self.passages)), self.passages)
        return Answer(text=cited.text, status="answered", citations=cited.citations, usage=self.usage)

    def start_over(self) -> None:
        """Nothing of what was shown is to stay."""
        self.numbering, self.written, self.shown = Numbering(self.passages), "", ""

    def _show(self, text: str) -> Iterator[TextDelta]:
        if text:
            self.shown += text
            yield TextDelta(text)
