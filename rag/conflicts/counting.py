"""The figures of a clause that count or measure something: with their units, and whether they are part of a range or of
a change ("from 24 to 36 months")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from guards.dates import Moment
from guards.figures import Figure, figures
from rag.conflicts.about import PART_OF_NAME
from rag.conflicts.units import NONE, Unit, unit_of

_EVERY = re.compile(r"\bevery (hour|day|week|month|year)\b|\b(hourly|weekly|monthly|yearly)\b")
_OFTEN = {"hourly": "hour", "weekly": "week", "monthly": "month", "yearly": "year"}
_YEAR = re.compile(r"(?:1[5-9]\d\d|20\d\d)s?")
_GOES_ON = re.compile(r"\s*(?:to|and|or|[-–])\s*[€$£¥]?\d")
CHANGE = re.compile(
    r"\b(?:rais|ris|rose|increas|extend|mov|lower|cut\b|reduc|drop|fell|fall|chang|postpon|shorten|grow|grew|went|go\b|"
    r"goes\b|brought|prolong|delay|deferr|adjust)"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that counts something; `before`: what was so until a change; `ranged`: one end of a range."""

    start: int
    bare_end: int
    end: int  # with its unit
    values: frozenset[Decimal]
    unit: Unit
    before: bool = False
    ranged: bool = False


def counted(clause: str, dated: Sequence[Moment], spoken: str = "en") -> list[Counted]:
    """In their order; none lies in a date or is a part of a name."""
    found = sorted([*_figures(clause, dated, spoken), *_often(clause)], key=lambda one: one.start)
    for at, one in enumerate(found):
        if one.unit is NONE and at + 1 < len(found):
            unit = found[at + 1].unit
            found[at] = replace(one, unit=unit, values=_scaled(one.values, unit))
    kept = [one for one in found if one.unit is not NONE]
    for at, (one, other) in enumerate(pairwise(kept)):
        joint = clause[one.end : other.start].strip(" €$£¥")
        if joint == "to" and CHANGE.search(clause):
            kept[at] = replace(kept[at], before=True)
        elif joint in ("to", "–", "-") or (joint == "and" and "between" in clause[: one.start]):
            kept[at], kept[at + 1] = replace(kept[at], ranged=True), replace(other, ranged=True)
    return kept


def _figures(clause: str, dated: Sequence[Moment], spoken: str) -> list[Counted]:
    found = []
    for figure in figures(clause):
        in_date = any(one.start <= figure.start < one.end for one in dated)
        unit = unit_of(clause, figure.start, figure.end)
        counts = spoken == "de" and unit is not NONE  # behind a noun with its capital: no part of a name
        if in_date or (not counts and PART_OF_NAME.search(clause, max(0, figure.start - 40), figure.start)):
            continue
        if unit is NONE and not _begins_a_pair(clause, figure):
            continue
        if clause.endswith("every ", 0, figure.start):
            unit = replace(unit, base=f"every {unit.base}")
        found.append(Counted(figure.start, figure.end, max(figure.end, unit.end), _scaled(figure.values, unit), unit))
    return found


def _often(clause: str) -> list[Counted]:
    """What is done "every hour" is done every one hour."""
    found = []
    for one in _EVERY.finditer(clause):
        unit = unit_of(f"1 {one[1] or _OFTEN[one[2]]}", 0, 1)
        often = Unit(f"every {unit.base}")
        found.append(Counted(one.start(), one.end(), one.end(), _scaled(frozenset((Decimal(1),)), unit), often))
    return found


def _scaled(values: frozenset[Decimal], unit: Unit) -> frozenset[Decimal]:
    return frozenset(value * unit.factor for value in values)


def _begins_a_pair(clause: str, figure: Figure) -> bool:
    return bool(_GOES_ON.match(clause, figure.end)) and not _YEAR.fullmatch(clause[figure.start : figure.end])
