"""What a clause claims. Its markers ("from", "until", "at least") are English, German, French and Spanish; other
languages have figures and dates with what they are about, and nothing else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guards.dates import Day, Moment, moments
from rag.conflicts.about import about
from rag.conflicts.abroad import CONDITION, FORMER, FORMER_BEFORE, LEAST, MOST, PAST, ROUGH, VALID
from rag.conflicts.claim import Claim
from rag.conflicts.counting import CHANGE, Counted, counted

_FORMER_BEFORE = re.compile(
    r"\b(?:instead of|rather than|compared (?:with|to)|previously|formerly|was|were|not|no longer|before"
    rf"|{FORMER_BEFORE})"
    r"\s+(?:only\s+|just\s+)?[€$£¥]?\Z"
)
_FORMER = re.compile(
    r"\b(?:until|till|up to|before) (?:the end of )?(?:then\b|that\b|\x00)|\b(?:previously|formerly|used to)\b"
    rf"|\b(?:bis|jusqu['’](?:au|en)|hasta(?: el)?) \x00|\b(?i:{FORMER})\b",
)
_PAST = re.compile(rf"\b(?:was|were|had|did|became|{PAST})\b")
_CONDITION = re.compile(
    rf"\b(?:if|unless|except|excluding|otherwise|provided that|in case of|{CONDITION})\b", re.IGNORECASE
)
_MOST = re.compile(
    r"\b(?:up to|at most|no more than|not more than|maximum(?: of)?|limited to|within|below|under|less than"
    rf"|{MOST})\s+(?:the )?\Z",
    re.IGNORECASE,
)
_LEAST = re.compile(
    rf"\b(?:at least|more than|minimum(?: of)?|over|no less than|above|exceeding|{LEAST})\s+\Z", re.IGNORECASE
)
_ROUGH = re.compile(
    rf"\b(?:about|around|approximately|roughly|nearly|almost|some|circa|an estimated|{ROUGH})\s+[€$£¥]?\Z",
    re.IGNORECASE,
)
_VALID = re.compile(rf"\b(?:from|since|as of|as from|effective|starting|on or after|{VALID})\s+\Z", re.IGNORECASE)
_IN_YEAR = re.compile(r"\b(?:in|for|of|during)\s+(1[5-9]\d\d|20\d\d)\b", re.IGNORECASE)
_MONEY = re.compile(r"(?:[€$£¥]|\b[A-Z]{3} )\Z")
_JOINT = re.compile(r",? and |, | or ")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a clause says what it says."""

    former: bool
    past: bool
    conditional: bool
    since: Day | None
    years: frozenset[int]


def of_clause(clause: str, lowered: frozenset[str], spoken: str = "en") -> Iterator[Claim]:
    """The claims of a clause: its figures, or where it counts nothing its date."""
    dated = moments(clause)
    figures = counted(clause, dated, spoken)
    if not figures:
        yield from _of_dates(clause, dated, lowered, spoken)
        return
    manner = _manner(clause, dated)
    spans = [(one.start, one.end) for one in figures]
    bare = _blanked(clause, [*spans, *((one.start, one.end) for one in dated)])
    for figure, own in zip(figures, _own_words(clause, bare, spans), strict=True):
        if not figure.ranged:
            counts = (
                "" if " " in figure.unit.base else clause[figure.bare_end : figure.end]
            )  # "square miles" tells no more
            yield _claim(clause, figure, about(f"{own} {counts}", lowered, spoken), manner)


def _claim(clause: str, figure: Counted, said: tuple[frozenset[str], frozenset[str]], manner: Manner) -> Claim:
    before = clause[: figure.start]
    money = _MONEY.search(before)
    return Claim(
        words=clause[money.start() if money else figure.start : figure.end],
        about=said[0],
        names=said[1],
        values=figure.values,
        unit=figure.unit,
        bound="most" if _MOST.search(before) else "least" if _LEAST.search(before) else "",
        rough=bool(_ROUGH.search(before)),
        former=manner.former or figure.before or bool(_FORMER_BEFORE.search(before)),
        past=manner.past,
        conditional=manner.conditional,
        since=manner.since,
        years=manner.years,
    )


def _of_dates(clause: str, dated: Sequence[Moment], lowered: frozenset[str], spoken: str) -> Iterator[Claim]:
    """The one date of a clause, or those before and after a change."""
    days = [one for one in dated if one.days and any(month for _, month, _ in one.days)]
    moved = len(days) == 2 and bool(CHANGE.search(clause)) and clause[days[0].end : days[1].start].strip() == "to"
    if len(days) != 1 and not moved:
        return
    manner = _manner(clause, dated)
    words, names = about(_blanked(clause, [(one.start, one.end) for one in dated]), lowered, spoken)
    for at, day in enumerate(days):
        yield Claim(
            words=clause[day.start : day.end],
            about=words,
            names=names,
            days=day.days,
            former=(moved and at == 0) or (manner.former and not moved),
            past=manner.past,
            conditional=manner.conditional,
        )


def _manner(clause: str, dated: Sequence[Moment]) -> Manner:
    spans = [(one.start, one.end) for one in dated]
    since = [max(one.days) for one in dated if one.days and _VALID.search(clause, 0, one.start)]
    return Manner(
        former=bool(_FORMER.search(_blanked(clause, spans, "\x00"))),
        past=bool(_PAST.search(clause)),
        conditional=bool(_CONDITION.search(clause)),
        since=max(since, default=None),
        years=frozenset(int(year) for year in _IN_YEAR.findall(_blanked(clause, spans))),
    )


def _own_words(clause: str, bare: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What is said of each figure: the clause's beginning, and what lies up to the next "and"."""
    cuts = []
    for (_, end), (start, _) in pairwise(spans):
        joint = _JOINT.search(clause, end, start)
        cuts.append(joint.start() if joint else start)
    head = bare[: spans[0][0]]
    yield bare[: cuts[0]] if cuts else bare
    for low, high in pairwise([*cuts, len(bare)]):
        yield f"{head} {bare[low:high]}"


def _blanked(text: str, spans: Sequence[tuple[int, int]], blank: str = " ") -> str:
    for start, end in spans:
        text = text[:start] + blank * (end - start) + text[end:]
    return text
