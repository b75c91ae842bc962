"""What small samples allow to say: intervals of shares, and whether pairs differ by more than chance."""

from math import comb, sqrt

Z95 = 1.959964  # two-sided 95 % of the normal distribution


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927): right also for few cases and for shares near 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, spread = hits / total, Z95**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z95 * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return (0.0 if not hits else max(0.0, middle - half)), (1.0 if hits == total else min(1.0, middle + half))


def sign_test(ups: int, downs: int) -> float:
    """How often chance alone makes pairs differ one way as unevenly as this; pairs that are equal don't count."""
    total = ups + downs
    if not total:
        return 1.0
    tail = sum(comb(total, count) for count in range(min(ups, downs) + 1)) / 2**total
    return float(min(1.0, 2 * tail))
