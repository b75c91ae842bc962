"""Findings of guards as they are stored. Their reasons name kinds of things, never the words that were found."""

from collections.abc import Sequence

from guards.verdicts import Acted, Finding, Ruling, Stand
from store.records import BROKEN, FindingRecord


def found(stand: Stand, acted: Acted) -> FindingRecord:
    """What a guard saw, and what was done."""
    finding = acted.finding
    start, end = finding.where or (None, None)
    return FindingRecord(
        stand=stand,
        guard=finding.guard,
        what=finding.what,
        why=finding.why,
        action=acted.action,
        sure=finding.sure,
        start=start,
        end=end,
    )


def broken(stand: Stand, guard: str) -> FindingRecord:
    """A guard that could not look."""
    return FindingRecord(stand, guard, BROKEN, "This check failed or took too long.", "allow", sure=0.0)


def tainted(suspects: Sequence[FindingRecord]) -> Ruling:
    """What an answer has to tell of passages in which guards found something when they came in: a reason once."""
    first = {(one.guard, one.what): one for one in reversed(suspects)}
    return Ruling(
        "flag", tuple(Acted(Finding(one.guard, one.what, one.why, None, one.sure), "flag") for one in first.values())
    )
