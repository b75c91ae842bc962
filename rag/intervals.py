"""How far what was counted can be trusted: between what a figure lies, 95 times of 100, and whether two differ."""

import math
from collections.abc import Mapping
from itertools import accumulate

Z = 1.959963984540054  # of the normal distribution: 95 of 100 lie within
Z_POWER = 0.8416212335729143  # 80 of 100 lie below
Interval = tuple[float, float]


def wilson(part: int, whole: int) -> Interval:
    """Between what a share lies, 95 times of 100, from 0 to 1. Also of few votes and of none for one side.

    The score interval, without correction for continuity: E. B. Wilson, "Probable inference, the law of succession,
    and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212.
    """
    return weighed(part / whole, whole) if whole else (0.0, 1.0)


def weighed(share: float, votes: float) -> Interval:
    """The same of a share and of how many votes it is worth, which may be less than were counted."""
    weight = Z * Z / votes
    middle = (share + weight / 2) / (1 + weight)
    half = Z * math.sqrt(share * (1 - share) / votes + weight / (4 * votes)) / (1 + weight)
    return max(0.0, middle - half) if share > 0 else 0.0, min(1.0, middle + half) if share < 1 else 1.0


def mean(count: int, total: float, squares: float) -> Interval:
    """Between what the mean lies of values that have this sum and sum of squares; at least two of them.

    By Student's distribution. Of skewed values, such as costs, it takes some dozens to be right. Raises ValueError.
    """
    if count < 2:
        raise ValueError("one value tells nothing about how they vary")
    middle = total / count
    variance = max(0.0, squares - count * middle * middle) / (count - 1)
    half = student(count - 1) * math.sqrt(variance / count)
    return middle - half, middle + half


def ratio(count: int, above: float, below: int, above_squares: float, above_where_below: float) -> Interval:
    """Between what the ratio of two sums lies, such as the cost for each resolved question.

    `count` answers cost `above` in all, `below` of them are resolved and cost `above_where_below`. By the delta method:
    W. G. Cochran, Sampling Techniques, 3rd edition (1977), section 6.4. Raises ValueError for none below.
    """
    if count < 2 or not below:
        raise ValueError("nothing to divide by")
    middle = above / below
    residuals = above_squares - 2 * middle * above_where_below + middle * middle * below
    half = student(count - 1) * math.sqrt(max(0.0, residuals) * count / (count - 1)) / below
    return max(0.0, middle - half), middle + half


def quantile(steps: Mapping[int, int], share: float) -> tuple[int, int, int] | None:
    """The step in which the quantile falls, and those between which it lies; None when nothing was counted.

    Of steps with how often each was seen. Which ranks a quantile lies between is a matter of counting alone, whatever
    the distribution: W. J. Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.2.
    """
    count = sum(steps.values())
    if not count:
        return None
    ordered = sorted(steps)
    reached = list(accumulate(steps[step] for step in ordered))
    half = Z * math.sqrt(count * share * (1 - share))
    ranks = (count * share, count * share - half, count * share + half)
    found = [next((s for s, so_far in zip(ordered, reached, strict=True) if so_far >= r), ordered[-1]) for r in ranks]
    return found[0], found[1], found[2]


def difference(one: float, within: Interval, other: float, other_within: Interval) -> Interval:
    """Between what `other - one` lies, for figures of different answers with their intervals.

    Of two shares with Wilson's intervals this is method 10 of R. G. Newcombe, "Interval estimation for the difference
    between independent proportions", Statistics in Medicine 17 (1998), 873-890; of other figures the same idea by
    G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures", ibid. 27 (2008), 1693-1702.
    """
    apart = other - one
    down = math.hypot(other - other_within[0], within[1] - one)
    up = math.hypot(other_within[1] - other, one - within[0])
    return apart - down, apart + up


def needed(one: float, other: float) -> int:
    """How many votes for each of two sides it takes to tell shares so far apart, 80 times of 100.

    J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd edition (2003), formula 4.14.
    Raises ValueError for shares that are the same: no number would do.
    """
    if one == other:
        raise ValueError("shares that do not differ cannot be told apart")
    middle = (one + other) / 2
    by_chance = Z * math.sqrt(2 * middle * (1 - middle))
    in_truth = Z_POWER * math.sqrt(one * (1 - one) + other * (1 - other))
    return math.ceil(((by_chance + in_truth) / (one - other)) ** 2)


def student(freedom: float) -> float:
    """Student's distribution: 95 of 100 lie within. To four digits from 4 degrees of freedom on, two below.

    M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), formula 26.7.5.
    """
    z = Z
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, 1))
