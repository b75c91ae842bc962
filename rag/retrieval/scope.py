"""What may answer: chunks and documents that are switched on, and bear a tag that was asked for.

SQL decides, the searches know nothing of it: a filter inside Chroma takes 60 to 85 ms at 100,000 vectors, where asking
it for more and leaving some out takes 2. So each search is asked for more until enough of it may answer.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

MORE = 4  # times as many are asked for next
MOST = 8_000  # found chunks; what is allowed so seldom may be missed


class HasChunk(Protocol):
    @property
    def chunk_id(self) -> int: ...


T = TypeVar("T", bound=HasChunk)


def within(search: Callable[[int], Sequence[T]], limit: int, allowed: Callable[[Iterable[int]], set[int]]) -> list[T]:
    """The first `limit` of what `search(how many)` finds that are allowed, the best first."""
    reach = limit
    while True:
        found = search(reach)
        may = allowed([one.chunk_id for one in found])
        kept = [one for one in found if one.chunk_id in may]
        if len(kept) >= limit or len(found) < reach or reach >= MOST:
            return kept[:limit]
        reach = min(MOST, MORE * reach)
