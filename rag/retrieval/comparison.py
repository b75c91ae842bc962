"""Is the new index at least as good as the old one? Both are asked the same questions, whose passages are known.

The cases are the questions people asked here that were answered with footnotes and not rated down: what a footnote of
the time points to should be found again. Others may be handed in, such as the samples' own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

from rag.problems import Kind
from rag.retrieval.search import Meaning, Retriever
from rag.settings import Retrieval as Limits
from rag.types import Passage
from store import cases
from store.engine import Database
from store.records import CaseRecord

MOST_CASES = 200
WORSE = 0.05  # how unlikely chance must be as the reason that the new one found less


@dataclass(frozen=True, slots=True)
class Compared:
    """How many of the cases each index answered from the passages it found."""

    cases: int
    before: int
    after: int
    lost: int  # found before, not any more
    won: int

    @property
    def is_worse(self) -> bool:
        """Whether more was lost than chance explains (one-sided sign test on the cases that differ)."""
        changed = self.lost + self.won
        as_bad = sum(comb(changed, lost) for lost in range(self.lost, changed + 1))
        return self.lost > self.won and as_bad / 2**changed < WORSE


class Fixed:
    """A source of meaning that is always there."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def meaning(self) -> Meaning:
        return self._meaning

    def why_no_meaning(self) -> Kind:
        return "vectors_elsewhere"

    def report_damage(self, broken: Meaning) -> None:
        pass


def compare(
    database: Database, limits: Limits, indexes: tuple[Meaning, Meaning], more: Sequence[CaseRecord] = ()
) -> Compared:
    """Asks the index before and the one after. Raises Unavailable."""
    with database.read() as session:
        asked = [*cases.from_answers(session, MOST_CASES), *more]
    old, new = (_found(Retriever(database, Fixed(meaning), limits), asked) for meaning in indexes)
    pairs = list(zip(old, new, strict=True))
    return Compared(
        cases=len(asked),
        before=sum(old),
        after=sum(new),
        lost=sum(was and not now for was, now in pairs),
        won=sum(now and not was for was, now in pairs),
    )


def _found(retriever: Retriever, asked: Sequence[CaseRecord]) -> list[bool]:
    return [any(_holds(p, case) for p in retriever.search(case.query).passages) for case in asked]


def _holds(passage: Passage, case: CaseRecord) -> bool:
    return passage.document_id == case.document_id and passage.start < case.end and case.start < passage.end
