"""How far a share that was counted can be trusted."""

import math

Z = 1.959963984540054  # of the normal distribution: 95 of 100 lie within


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Between what a share lies, 95 times of 100, from 0 to 1. Also of few votes and of none for one side.

    The score interval, without correction for continuity: E. B. Wilson, "Probable inference, the law of succession,
    and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if not whole:
        return 0.0, 1.0
    share, weight = part / whole, Z * Z / whole
    middle = (share + weight / 2) / (1 + weight)
    half = Z * math.sqrt(share * (1 - share) / whole + weight / (4 * whole)) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)
