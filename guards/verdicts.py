"""What a guard says about a text, and what is done about it."""

from dataclasses import dataclass
from typing import Literal

Stand = Literal["question", "document", "passage", "stream", "answer"]  # where texts are looked at
Action = Literal["allow", "flag", "mask", "ask_again", "refuse"]  # from the mildest to the hardest
ACTIONS: tuple[Action, ...] = ("allow", "flag", "mask", "ask_again", "refuse")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a guard saw: `what` names it, `why` explains it to the reader and says what to do.

    `where` is a span (start, end) in characters of the text as it came in, or None for the whole of it; `sure` says
    how sure the guard is, from 0 to 1.
    """

    guard: str
    what: str
    why: str
    where: tuple[int, int] | None = None
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may pass, why, and the text to go on with: the guard may have cleaned it."""

    allowed: bool
    findings: tuple[Finding, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Acted:
    """A finding, and what the policy has done about it."""

    finding: Finding
    action: Action


@dataclass(frozen=True, slots=True)
class Ruling:
    """What comes of a text at one stand: the hardest action of all, and each finding with its own.

    `broken` names guards that failed or took too long.
    """

    action: Action
    acted: tuple[Acted, ...] = ()
    broken: tuple[str, ...] = ()

    def doing(self, action: Action) -> tuple[Finding, ...]:
        """The findings that led to this action."""
        return tuple(one.finding for one in self.acted if one.action == action)
