"""Whether a share changed from one period to the next, or may just have fallen so."""

import math

from rag.intervals import wilson


def difference(part: int, whole: int, part_before: int, whole_before: int) -> tuple[float, float]:
    """Between what the difference of two shares lies, 95 times of 100, from -1 to 1.

    The score method of R. G. Newcombe, "Interval estimation for the difference between independent proportions",
    Statistics in Medicine 17 (1998), 873-890, his method 10: it holds for few as well.
    """
    if not whole or not whole_before:
        return -1.0, 1.0
    share, before = part / whole, part_before / whole_before
    (low, high), (low_before, high_before) = wilson(part, whole), wilson(part_before, whole_before)
    apart = share - before
    return (
        apart - math.hypot(share - low, high_before - before),
        apart + math.hypot(high - share, before - low_before),
    )
