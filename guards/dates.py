"""Dates and times of day in whatever form they are written, so that one form of a text can be found in another.

"3 May 2024", "May 3rd, 2024", "03.05.2024", "2024-05-03" and "3. Mai 2024" are one date, "5:30 p.m." and "17:30 Uhr"
one time. "03/05/2024" may be two dates; one of them is enough. A day without a year fits that day of any year.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_MONTHS = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr febrero febbraio febbr fevereiro fev februari",
    "march mar märz mrz mars marzo marz março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio magg maio mei maj",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago augustus augusti",
    "september sep sept septembre septiembre settembre sett set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_MONTH = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = r"[^\W\d_]{3,10}"  # looked up afterwards, which is three times as quick
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>[12]\d{3})"
_OF = r"(?:\s+(?:of|de|del))?"
_DATES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_DAY}{_OF}[\s-]+(?P<name>{_NAME})\b\.?(?:(?:,|{_OF})[\s-]*{_YEAR}\b)?",
        rf"\b(?P<name>{_NAME})\b\.?\s+{_DAY}\b(?!:)(?:,?\s*{_YEAR}\b)?",
        rf"\b(?P<name>{_NAME})\b\.?(?:,|{_OF})\s*{_YEAR}\b",
        r"\b(?P<year>[12]\d{3})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?:日|(?![\d/]))",
        r"\b(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>[12]\d{3}|\d{2})(?![\w/])",
    )
)
_HOUR = r"(?P<hour>[01]?\d|2[0-4])"
_TIMES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_HOUR}(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?\s?m\b\.?",
        rf"\b{_HOUR}(?:[:.](?P<minute>[0-5]\d))?\s*(?:uhr\b|o['’]clock\b)",
        rf"\b{_HOUR}\s?h\s?(?P<minute>[0-5]\d)\b",
        rf"(?<![\d:.,]){_HOUR}:(?P<minute>[0-5]\d)(?![\d:])",
        r"\b(?P<word>noon|midday|midnight|mitternacht|mittag)\b",
    )
)
_WORDS = {"noon": 720, "midday": 720, "mittag": 720, "midnight": 0, "mitternacht": 0}
Day = tuple[int, int, int]  # year, month, day; 0 where it is not told


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time of day, where it stands, and what it may be: days, or minutes since midnight."""

    start: int
    end: int
    days: tuple[Day, ...] = ()
    minutes: tuple[int, ...] = ()

    def fits(self, other: "Moment") -> bool:
        """Whether both may be the same."""
        return not set(self.minutes).isdisjoint(other.minutes) or any(
            all(a == b or not a or not b for a, b in zip(one, two, strict=True))
            for one in self.days
            for two in other.days
        )


def moments(text: str) -> list[Moment]:
    """The dates and times of a text, in order; none lies in another."""
    found: list[Moment] = []
    for moment in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if not found or moment.start >= found[-1].end:
            found.append(moment)
    return found


def unfound_moments(said: Iterable[Moment], sources: Sequence[Moment]) -> Iterator[Moment]:
    """Those that no source has in any form."""
    return (moment for moment in said if not any(moment.fits(other) for other in sources))


def _all(text: str) -> Iterator[Moment]:
    for form in _DATES:
        for found in form.finditer(text):
            if days := tuple(_days(found.groupdict())):
                yield Moment(found.start(), found.end(), days=days)
    for form in _TIMES:
        for found in form.finditer(text):
            yield Moment(found.start(), found.end(), minutes=tuple(_minutes(found.groupdict())))


def _days(parts: dict[str, str | None]) -> Iterator[Day]:
    year, day = int(parts.get("year") or 0), int(parts.get("day") or 0)
    year += 2000 * (0 < year < 70) + 1900 * (70 <= year < 100)
    if name := parts.get("name"):
        orders = [(_MONTH.get(name.casefold(), 0), day)]
    else:
        month = int(parts.get("month") or 0)
        orders = [(month, day), (day, month)] if parts.get("sign") in ("/", "-") else [(month, day)]
    yield from dict.fromkeys((year, m, d) for m, d in orders if 1 <= m <= 12 and d <= 31)


def _minutes(parts: dict[str, str | None]) -> Iterator[int]:
    if word := parts.get("word"):
        yield _WORDS[word.casefold()]
        return
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    match (parts.get("half") or "").casefold():
        case "p":
            yield (hour % 12 + 12) * 60 + minute
        case "a":
            yield hour % 12 * 60 + minute
        case _:
            yield hour % 24 * 60 + minute
            if hour <= 12:
                yield (hour % 12 + 12) * 60 + minute  # "at 5:30", in the afternoon
