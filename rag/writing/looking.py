"""What the guards make of one answer: while it is written, as a draft, and when it is finished."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guards.guard import Context
from guards.holding import Holding
from guards.support import Sentence
from guards.verdicts import STOPPING, Action, Finding, Ruling
from rag.events import Guarded
from rag.guarding import Guarding

MASKING: tuple[Action, ...] = ("mask",)
Quotes = Sequence[tuple[int, str]]  # words that stand in a passage, with the number of the text's mark for them


class Looking:
    """The guards of one answer. `context` is what it stands beside."""

    def __init__(self, guarding: Guarding, context: Context) -> None:
        self._guarding = guarding
        self._context = context
        self._holding: Holding | None = None
        self._masks: Ruling = Ruling()

    @property
    def holding(self) -> Holding:
        """Looks at the text before it is shown."""
        self._holding = self._holding or self._guarding.holding(self._context)
        return self._holding

    def begin_again(self) -> None:
        """What was shown is replaced by another text."""
        self._holding = None

    def against(self, draft: str, quotes: Quotes) -> Ruling:
        """What stops a draft: its reasons are told to its model, or it is too bad to be asked for again."""
        return self._guarding.rule("answer", draft, self._with(quotes), actions=STOPPING)

    def masks(self, text: str, *, stopping: bool) -> tuple[Finding, ...]:
        """What readers may not see of a text; `stopping`: nor what would have stopped it, had it become a draft."""
        actions = (*MASKING, *(STOPPING if stopping else ()))
        if not text or not self._guarding.stands("answer", actions):
            return ()
        self._masks = self._guarding.rule("answer", text, self._context, actions=actions)
        return self._masks.doing(*actions)

    def stops(self, text: str) -> bool:
        """Whether a text that a model has left could be no draft."""
        return bool(text) and self.against(text, ()).action in STOPPING

    def finished(self, text: str, quotes: Quotes, *, stopping: bool) -> Ruling:
        """What is found in a finished text, as readers see it; `stopping`: also what would have stopped a draft."""
        actions: tuple[Action, ...] = ("flag", *(STOPPING if stopping else ()))
        return self._guarding.rule("answer", text, self._with(quotes), actions=actions)

    def support(self, text: str, quotes: Quotes, quoting: Sequence[tuple[int, int]]) -> tuple[Sentence, ...] | None:
        """What each sentence of a finished text rests on; None where the settings do not have it looked at.

        Within the spans of `quoting` the text is the documents' own words.
        """
        found = self._guarding.support(text, self._with(quotes))
        if found is None:
            return None
        return tuple(_quoted(one) if any(a <= one.start < b for a, b in quoting) else one for one in found)

    def told(self, ruling: Ruling) -> Iterator[Guarded]:
        """The events that tell of what was found while it was written, and in the end."""
        if self._holding and (held := self._holding.ruling):
            yield Guarded("stream", held)
        for each in (self._masks, ruling):
            if each.acted or each.broken:
                yield Guarded("answer", each)

    def _with(self, quotes: Quotes) -> Context:
        return replace(self._context, quotes=tuple(quotes))


def _quoted(sentence: Sentence) -> Sentence:
    return replace(sentence, verdict="supported", why="", score=1.0)
