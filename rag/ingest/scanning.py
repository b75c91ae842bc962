"""Documents are looked at by guards when they come in, chunk by chunk, and where two chunks meet.

A payload may be split so that neither chunk says anything. So the end of each chunk is also read together with the
beginning of the next; what shows only there is found in both. What title and headings say goes for all chunks below.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from rag.findings import found
from rag.guarding import Guarding
from store import chunks, quarantine, texts
from store.engine import Database
from store.records import STOPPING, FindingRecord

SEAM = 300  # characters on each side of where two chunks meet
TOGETHER = "Read together with the text beside it: "
ABOVE = "In the title or a heading: "
Found = dict[int, list[FindingRecord]]  # by ordinal


class Cut(Protocol):
    """A chunk as a span of its document's text."""

    @property
    def ordinal(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def section(self) -> str: ...


class Scanner:
    """Has documents looked at by the guards that stand at their way in. Safe to use from many threads."""

    def __init__(self, guarding: Guarding) -> None:
        self._guarding = guarding

    def look(self, title: str, text: str, cuts: Sequence[Cut]) -> Found:
        """What guards find in each chunk; places are in characters of the chunk."""
        if not self._guarding.stands("document"):
            return {}
        seen: Found = defaultdict(list)
        headings = {cut.section: self._findings(f"{title}\n{cut.section}") for cut in cuts}
        for cut in cuts:
            seen[cut.ordinal] += self._findings(text[cut.start : cut.end])
            seen[cut.ordinal] += [_placeless(one, ABOVE) for one in headings[cut.section]]
        for one, other in pairwise(cuts):
            if not _held(seen[one.ordinal]) and not _held(seen[other.ordinal]):
                seam = text[max(one.start, one.end - SEAM) : min(other.end, other.start + SEAM)]
                both = [_placeless(finding, TOGETHER) for finding in self._findings(seam)]
                if _held(both):
                    seen[one.ordinal] += both
                    seen[other.ordinal] += both
        return {ordinal: each for ordinal, each in seen.items() if each}

    def _findings(self, text: str) -> list[FindingRecord]:
        return [found("document", acted) for acted in self._guarding.rule("document", text).acted] if text else []


def rescan(database: Database, scanner: Scanner) -> tuple[int, int]:
    """Looks at all documents once more, one after another; gives how many chunks there are, and are held back."""
    with database.read() as session:
        numbers = chunks.owners(session)
    for number in numbers:
        with database.read() as session:
            cuts, text = chunks.of_document(session, number), texts.whole(session, number) or ""
        if cuts:
            seen = scanner.look(cuts[0].title, text, cuts)
            with database.write() as session:
                if chunks.of_document(session, number) == cuts:  # else a new version came, and was looked at
                    quarantine.note(session, number, seen)
    with database.read() as session:
        return chunks.count(session), quarantine.count(session)[0]


def _held(findings: Sequence[FindingRecord]) -> bool:
    return any(one.action in STOPPING for one in findings)


def _placeless(finding: FindingRecord, where: str) -> FindingRecord:
    return replace(finding, start=None, end=None, why=f"{where}{finding.why}")
