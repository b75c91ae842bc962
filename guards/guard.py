"""What every guard is: a name, and what it finds in a text. Guards know no policy, no storage and no page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from guards.verdicts import Finding, Stand


@dataclass(frozen=True, slots=True)
class Context:
    """What a text stands beside; each stand gives what it has.

    `passages` are the texts of passages in the order of their numbers, from 1, `headings` the document and section of
    each; `quotes` the words found in a passage for each mark [n] of the text; `history` the questions asked before,
    the latest last; `canary` is a secret word of the instructions, `instructions` are what a model was told.
    `stand` is where the text is looked at: the policy says it.
    """

    question: str = ""
    passages: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    canary: str = ""
    instructions: str = ""
    headings: tuple[str, ...] = ()
    quotes: tuple[tuple[int, str], ...] = ()
    stand: Stand = "question"


NOTHING_ELSE = Context()


class Guard(Protocol):
    """Reads a text. Safe to use from many threads; may raise whatever it likes, the policy knows what follows."""

    @property
    def name(self) -> str:
        """As it is called in `footnote.toml` and in findings."""
        ...

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        """What it sees in the text, also where it is not sure: the policy has thresholds."""
        ...


@runtime_checkable
class Watching(Guard, Protocol):
    """A guard that can look at a text while it is being written. It is quick, and raises nothing."""

    def forming(self, text: str, context: Context) -> int:
        """From which character on the text may still become something to find; its length: nothing may."""
        ...
