"""What small samples allow to say: whether pairs differ by more than chance. Intervals of shares: rag/intervals.py."""

from collections.abc import Sequence
from itertools import product
from math import comb

import numpy as np

EXACT = 12  # differences, up to which all ways to turn their signs round are tried


def sign_test(ups: int, downs: int) -> float:
    """How often chance alone makes pairs differ one way as unevenly as this; pairs that are equal don't count."""
    total = ups + downs
    if not total:
        return 1.0
    tail = sum(comb(total, count) for count in range(min(ups, downs) + 1)) / 2**total
    return float(min(1.0, 2 * tail))


def permuted(differences: Sequence[float], *, rounds: int = 4000, seed: int = 7) -> float:
    """How often chance alone makes the mean of paired differences as far from 0: a test that turns their signs round.

    Exact for up to 12 differences that are not 0, drawn beyond (Fisher, 1935; Phipson and Smyth, 2010).
    """
    apart = np.array([one for one in differences if one])
    if not len(apart):
        return 1.0
    if len(apart) <= EXACT:
        signs = np.array(list(product((1, -1), repeat=len(apart))))
    else:
        signs = np.random.default_rng(seed).choice((1, -1), (rounds, len(apart)))
    hits = int((np.abs(signs @ apart) >= abs(float(apart.sum())) - 1e-9).sum())
    return hits / len(signs) if len(apart) <= EXACT else (hits + 1) / (rounds + 1)


def mean_interval(
    values: Sequence[float], groups: Sequence[str], *, rounds: int = 1000, seed: int = 7
) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean; whole groups are drawn, since their values rise and fall together."""
    members: dict[str, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        members.setdefault(group, []).append(value)
    sums = np.array([[sum(part), len(part)] for part in members.values()])
    drawn = np.random.default_rng(seed).integers(0, len(sums), (rounds, len(sums)))
    totals = sums[drawn].sum(axis=1)
    low, high = np.percentile(totals[:, 0] / totals[:, 1], [2.5, 97.5])
    return float(low), float(high)


def holm(chances: Sequence[float]) -> list[float]:
    """The chances of several tests, corrected for their number (Holm, 1979)."""
    corrected, highest = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        highest = max(highest, min(1.0, chances[at] * (len(chances) - rank)))
        corrected[at] = highest
    return corrected
