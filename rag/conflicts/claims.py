"""What the sentences and rows of a text claim in figures and dates.

Only what can be compared is taken: no ranges, no parts of names ("Wren 2"), no years alone, and of what was decided the
thing itself, not the day of the decision ("the board decided on 18 November that").
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from guards.figures import figures
from guards.language import language
from rag.conflicts.about import NEUTRAL_ELSEWHERE, about
from rag.conflicts.claim import Claim
from rag.conflicts.clauses import of_clause
from rag.conflicts.units import Unit, unit_of

Splitter = Callable[[str], list[tuple[int, int]]]
TOLD_BY = 1_000  # characters of a text that tell its language
LONGEST_SUBJECT = 200  # characters of a row's first cell: more is prose
_CELLS = " · "
_LEAD = re.compile(
    r"\A.{0,60}?\b(?:decided|announced|reported|answered|agreed|explained|confirmed|said|stated|noted|added)\b"
    r"[^.,;:]{0,30}?\s(?:that|to)\b"
)
_CLAUSES = re.compile(r";\s+|(?<=\S)\s+[–—]\s+|,\s+(?=while |whereas |but |instead of |compared with )")
_CELL = re.compile(r"\A(?P<header>[^:·]{1,70}):\s+(?P<value>.*)\Z", re.DOTALL)
_MONEY = re.compile(r"\((EUR|USD|GBP|CHF|€|\$|£)\)")
_BARE = re.compile(r"\s*\d[\d., ]*")


def claims(text: str, split: Splitter, lowered: frozenset[str] = frozenset()) -> list[Claim]:
    """The claims of a text in order. `lowered`: words known to be no names although they begin a sentence."""
    told = language(text[:TOLD_BY])
    spoken = told if told in NEUTRAL_ELSEWHERE else "en"
    return [
        replace(claim, start=start, end=end)
        for start, end in split(text)
        for claim in _of_sentence(text[start:end], lowered, spoken)
    ]


def _of_sentence(sentence: str, lowered: frozenset[str], spoken: str) -> Iterator[Claim]:
    if _CELLS in sentence:
        yield from _of_row(sentence.split(_CELLS), lowered, spoken)
        return
    lead = _LEAD.match(sentence)
    bare = " " * lead.end() + sentence[lead.end() :] if lead else sentence
    at = 0
    for cut in _CLAUSES.finditer(bare):
        yield from of_clause(bare[at : cut.start()], lowered, spoken)
        at = cut.end()
    yield from of_clause(bare[at:], lowered, spoken)


def _of_row(cells: Sequence[str], lowered: frozenset[str], spoken: str) -> Iterator[Claim]:
    """Each cell with a figure, said of what the row's first cell names."""
    parted = [(found["header"], found["value"]) if (found := _CELL.match(cell)) else ("", cell) for cell in cells]
    subject = parted[0][1]
    if len(subject) > LONGEST_SUBJECT:
        return
    known, names = about(subject, lowered, spoken)
    for header, value in parted[1:] if known else ():
        said = known | about(header, lowered, spoken)[0]
        for claim in of_clause(value, lowered, spoken):
            yield replace(claim, about=said | claim.about, names=names, row=True)
        if _BARE.fullmatch(value) and (figure := next(figures(value), None)):
            yield Claim(value.strip(), said, names, figure.values, unit=_unit_in(header), row=True)


def _unit_in(header: str) -> Unit:
    """The unit of bare figures under a header: "Price (EUR)"."""
    money = _MONEY.search(header)
    return unit_of(f"{money[1]} 1", len(money[1]) + 1, len(money[1]) + 2) if money else Unit(f"#{header.casefold()}")
