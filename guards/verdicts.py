"""What a guard says about a text, and what is done about it."""

from dataclasses import dataclass, field
from typing import Literal

Stand = Literal["question", "document", "passage", "stream", "answer"]  # where texts are looked at
Action = Literal["allow", "flag", "mask", "ask_again", "refuse"]  # from the mildest to the hardest
STANDS: tuple[Stand, ...] = ("question", "document", "passage", "stream", "answer")
ACTIONS: tuple[Action, ...] = ("allow", "flag", "mask", "ask_again", "refuse")
STOPPING: tuple[Action, ...] = ("ask_again", "refuse")  # the text does not pass as it is
HIDING: tuple[Action, ...] = ("mask", *STOPPING)  # what was found is not shown
BROKEN = "broken"  # what is found where a guard could not look


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

    `broken` names guards that failed or took too long; `scores` how sure each guard was at most, also where that was
    not enough.
    """

    action: Action = "allow"
    acted: tuple[Acted, ...] = ()
    broken: tuple[str, ...] = ()
    scores: dict[str, float] = field(default_factory=dict)

    def doing(self, *actions: Action) -> tuple[Finding, ...]:
        """The findings that led to one of these actions."""
        return tuple(one.finding for one in self.acted if one.action in actions)

    def words(self, *actions: Action) -> str:
        """What readers are told of these findings, each reason once: a guard's word on the whole text says enough."""
        found = self.doing(*actions)
        whole = {finding.guard for finding in found if finding.where is None}
        told = [finding.why for finding in found if finding.where is None or finding.guard not in whole]
        return " ".join(dict.fromkeys(told))


def blotted(text: str, findings: tuple[Finding, ...]) -> str:
    """The text with a dot for each character of these findings: whatever stands behind them keeps its place."""
    signs = list(text)
    for finding in findings:
        start, end = finding.where or (0, len(text))
        signs[start:end] = "•" * len(signs[start:end])
    return "".join(signs)


def masked(text: str, findings: tuple[Finding, ...]) -> str:
    """The text with the places of these findings named instead of shown; overlapping ones become one.

    One without a place hides all of it; places behind the text's end are left out.
    """
    whole = next((finding.what for finding in findings if finding.where is None), None)
    if whole is not None:
        return f"⟨{whole} hidden⟩" if text else ""
    places = sorted((one.where, one.what) for one in findings if one.where and one.where[0] < len(text))
    pieces, end = [], 0
    for (start, until), what in places:
        if start >= end:
            pieces += [text[end:start], f"⟨{what} hidden⟩"]
        end = max(end, until)
    return "".join((*pieces, text[end:]))
