"""What changed between two texts, word by word.

The words both have in common in their order stay (the longest such run, after Hyyrö 2004, by rapidfuzz). To be
readable, a blank or a comma that stayed between two changes belongs to both.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rapidfuzz.distance import Indel

from store.records import Change, ChangeRecord

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def changes(before: str, after: str) -> tuple[ChangeRecord, ...]:
    """The pieces from one text to the other, in order; empty when they are the same."""
    if before == after:
        return ()
    return tuple(_joined(_bridged(list(_runs(_TOKEN.findall(before), _TOKEN.findall(after))))))


Run = tuple[str, str]  # what stood there, what stands there


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[Run]:
    for step in Indel.opcodes(before, after):
        old, new = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
        yield "".join(old), "".join(new)


def _bridged(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, where changes that only blanks or signs keep apart are one."""
    changed = [old != new for old, new in runs]
    inside = [
        now or (0 < at < len(runs) - 1 and changed[at - 1] and changed[at + 1] and not re.search(r"\w", runs[at][0]))
        for at, now in enumerate(changed)
    ]
    for _, found in groupby(zip(runs, inside, strict=True), key=lambda one: one[1]):
        group = [run for run, _ in found]
        yield "".join(old for old, _ in group), "".join(new for _, new in group)


def _joined(runs: Iterator[Run]) -> Iterator[ChangeRecord]:
    for old, new in runs:
        kinds: list[tuple[Change, str]] = [("same", old)] if old == new else [("deleted", old), ("inserted", new)]
        yield from (ChangeRecord(kind, text) for kind, text in kinds if text)
