"""How many votes the votes of readers are worth: one reader's are alike, and tell less than those of as many readers.

A share's variance is that of a ratio of sums over readers: W. G. Cochran, Sampling Techniques, 3rd edition (1977),
section 6.4. By how much it exceeds the variance of independent votes is the design effect, and the votes divided by it
are what they are worth: E. L. Korn, B. I. Graubard, "Confidence intervals for proportions with small expected number of
positive counts estimated from survey data", Survey Methodology 24 (1998), 193-201, with their correction for few
clusters, counted as A. V. Carter, K. T. Schnepel and D. G. Steigerwald do for clusters of unlike size ("Asymptotic
behavior of a t-test robust to cluster heterogeneity", Review of Economics and Statistics 99 (2017), 698-709), here by
Kish's formula. Wilson's interval of that many votes is among the best of those compared by C. Franco, R. J. A. Little,
T. A. Louis and E. V. Slud, "Comparative study of confidence intervals for proportions in complex sample surveys",
Journal of Survey Statistics and Methodology 7 (2019), 334-364.
"""

from rag.intervals import student
from store.records import Spread

ALIKE = 0.1  # how alike one reader's votes are taken to be (as a correlation) until some have shown it
SHOWN = 2  # votes of the rarer kind that count as much as that


def of_share(part: float, whole: float, spread: Spread) -> float:
    """How many independent votes a share is worth, from as many as there are readers up to all."""
    most = spread.squares / whole  # votes that one is worth at worst: when each reader always says the same
    if most <= 1:
        return whole
    share = part / whole
    alone = share * (1 - share) / (whole - 1)
    effect = _variance(share, whole, spread) / alone if alone and spread.readers > 1 else 1.0
    alike = (min(max(effect, 1.0), most) - 1) / (most - 1)
    shown = min(part, whole - part, spread.readers)
    alike = (shown * alike + SHOWN * ALIKE) / (shown + SHOWN)
    return whole / _few(1 + alike * (most - 1), most, whole)


def widened(half: float, middle: float, whole: float, spread: Spread) -> float:
    """Half of the interval of a mean, or of a ratio, given half of that which takes votes as independent."""
    most = spread.squares / whole
    if most <= 1 or not half:
        return half
    alone = (half / student(whole - 1)) ** 2
    effect = _variance(middle, whole, spread) / alone if spread.readers > 1 else 1.0
    worth = _few(min(max(effect, 1.0), most), most, whole)
    return float(half * worth**0.5)


def _variance(ratio: float, whole: float, spread: Spread) -> float:
    """Of a part divided by a whole, which are sums over readers."""
    residuals = spread.part_squares - 2 * ratio * spread.products + ratio * ratio * spread.squares
    return max(0.0, residuals) * spread.readers / (spread.readers - 1) / whole**2


def _few(effect: float, most: float, whole: float) -> float:
    """The effect, larger where few readers tell how large it is, or few of them gave most of the votes."""
    readers = whole / most  # so many with as many votes each would tell as much
    if readers < 2:
        return most
    return min(effect * (student(readers - 1) / student(whole - 1)) ** 2, most)
