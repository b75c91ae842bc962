"""What a guard says about a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a guard saw: `what` names it, `why` explains it to the reader and says what to do.

    `where` is a span (start, end) in characters of the text as it came in, or None for the whole of it.
    """

    guard: str
    what: str
    why: str
    where: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a text may pass, why, and the text to go on with: the guard may have cleaned it."""

    allowed: bool
    findings: tuple[Finding, ...]
    text: str
