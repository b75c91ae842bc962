"""How soon a model usually begins to speak."""

from collections import deque
from collections.abc import Iterable

KEPT = 50
ENOUGH = 5  # below that nothing is known yet
UNKNOWN_S = 5.0
SHORTEST_S = 0.5  # asking two models for less gains nobody anything


class Pace:
    """The times to first words of a model's latest answers."""

    def __init__(self, first_ms: Iterable[float] = ()) -> None:
        self._times: deque[float] = deque(first_ms, maxlen=KEPT)

    def note(self, first_ms: float) -> None:
        self._times.append(first_ms)

    @property
    def usual_s(self) -> float:
        """After so long nineteen answers of twenty have begun."""
        times = sorted(self._times)
        if len(times) < ENOUGH:
            return UNKNOWN_S
        return max(times[min(len(times) - 1, int(0.95 * len(times)))] / 1000, SHORTEST_S)
