"""How much is asked in a month, as far as the days that were counted tell."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTH = 365.25 / 12  # days
SHORT = 14  # days, below which a mean says little
WORKING = 7 / 5  # of a mean day, what comes on one of five working days
# Of Student's distribution, by degrees of freedom: 95 of 100 lie within. Beyond the last, the normal distribution's.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Volume:
    """Questions a month, and between what that lies, 95 times of 100, were all months like these days."""

    days: int
    month: float
    low: float
    high: float

    @property
    def is_short(self) -> bool:
        return self.days < SHORT


def volume(by_day: Mapping[date, int], today: date) -> Volume:
    """From the first day with a question to yesterday, or to today when there is only that; quiet days count.

    The interval is that of Student's t over the days, which takes days as independent: weekly ups and downs widen it.
    Of one day alone, that of a Poisson count.
    """
    if not by_day:
        return Volume(0, 0.0, 0.0, 0.0)
    first = min(by_day)
    last = max(today - timedelta(days=1), first)
    counts = [by_day.get(first + timedelta(days=at), 0) for at in range((last - first).days + 1)]
    mean, days = sum(counts) / len(counts), len(counts)
    if days == 1:
        low, high = poisson(counts[0])
        return Volume(1, mean * MONTH, low * MONTH, high * MONTH)
    spread = math.sqrt(sum((one - mean) ** 2 for one in counts) / (days - 1))
    half = student(days - 1) * spread / math.sqrt(days)
    return Volume(days, mean * MONTH, max(0.0, mean - half) * MONTH, (mean + half) * MONTH)


def peak_share(by_day: Mapping[date, int], by_hour: Sequence[int], days: int) -> float:
    """Of a month's questions, those that its fullest hours bring on average: the fullest hour of the day, on the
    fullest day of the week. With less than two weeks five working days are taken to bring all.

    Not the fullest hour that was seen: of few questions that is chance, and would not grow with the traffic.
    """
    asked = sum(by_day.values())
    if not asked:
        return 0.0
    of_week = [sum(count for day, count in by_day.items() if day.weekday() == at) for at in range(7)]
    busiest = 7 * max(of_week) / asked if days >= SHORT else WORKING
    return min(1.0, max(by_hour) / asked * busiest / MONTH)


def student(freedom: int) -> float:
    """How many standard errors to each side hold 95 of 100."""
    return _T[freedom - 1] if freedom <= len(_T) else _Z + 2.4 / freedom


def poisson(count: int) -> tuple[float, float]:
    """Between what the mean of a count lies, 95 times of 100.

    E. B. Wilson and M. M. Hilferty's approximation of chi-square (1931): within 2 % from a count of 5 on, a
    tenth too wide below.
    """
    low = count * (1 - 1 / (9 * count) - _Z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    more = count + 1
    return max(0.0, low), more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3
