"""What every guard is: a name, and what it finds in a text. Guards know no policy, no storage and no page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from guards.verdicts import Finding, Stand


@dataclass(frozen=True, slots=True)
class Context:
    """What a text stands beside; each stand gives what it has.

    `passages` are the texts of passages in the order of their numbers, from 1; `canary` is a secret word of the
    instructions; `history` holds the questions asked before, oldest first. `stand` is where the text is looked at:
    the policy says it.
    """

    question: str = ""
    passages: tuple[str, ...] = ()
    canary: str = ""
    history: tuple[str, ...] = ()
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
