"""Figures of an answer: numbers, amounts, percentages, dates and times, in whatever form they are written.

"1,200", "1 200", "1.200" and "1200" are one figure, as are "twelve" and "12", "3rd" and "third", "5 %" and "5 percent".
What groups thousands and what begins decimals is told by where it stands; where both are possible ("1.200"), both
values are kept, and one of them is enough; so are "20 million" and "20". Dates and times are found in any form that
`dates.py` knows. Numbers of list items and footnotes are no figures.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from guards.dates import moments, unfound_moments
from guards.guard import Context
from guards.verdicts import Finding

UNFOUND = "unfound figure"

_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_SMALL = dict(zip(f"{_UNITS} eighteen nineteen".split(), range(1, 20), strict=True)) | {"zero": 0}
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
} | {
    f"{word}th": value for word, value in _SMALL.items() if word not in ("one", "two", "three", "five", "eight", "nine")
}
_VALUES = _SMALL | _TENS | _ORDINALS
_WORD = "|".join(sorted((*_VALUES, *_LARGE), key=len, reverse=True))
_SCALES = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9} | {
    "tausend": 10**3, "mio": 10**6, "millionen": 10**6, "mrd": 10**9, "milliarden": 10**9,
}  # fmt: skip
_SCALE = re.compile(rf"[\s\u00a0\u202f-]?({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b", re.IGNORECASE)
_WRITTEN = re.compile(rf"\b(?:{_WORD})(?:(?:[ -]|\s+and\s+)(?:{_WORD}))*\b")
# Digits, with what may group them: a sign between three and three, or a space that does not break.
_DIGITS = re.compile(
    r"(?<![a-zA-Z\d_À-ɏͰ-ԯ.,])\d+(?:[.,'’\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?"
    r"(?=(?:st|nd|rd|th)?\b|[a-z%°\u3040-\u9fff\uac00-\ud7a3])",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[\u00a0\u202f\u2009 '’]")
_MARK = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_NUMBERING = re.compile(
    r"^[^\S\n]*(?:[-*+]\s+)?\(?\d{1,3}[.)](?=\s)|(?<=[:;.!?])[ \t]+\(?\d{1,2}[.)](?=\s|\Z)", re.MULTILINE
)
# Words for numbers that mostly are none: "one of them", "at first", "a second".
_MOSTLY_WORDS = frozenset(("one", "first", "second", "third", "zero"))
COUNTS = frozenset(_UNITS.split()[:12])  # small numbers in words, which may have been counted
# Small numbers in words of other languages, from two on, without those that are English words of another meaning.
# In a source they are known as figures; an answer's are not looked up.
_ELSEWHERE = {
    word: value
    for words in (
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "deux trois quatre cinq - - huit neuf dix onze douze",
        "dos tres cuatro cinco seis siete ocho nueve diez - doce",
        "- tre quattro cinque sei sette otto nove dieci undici dodici",
        "dois três quatro cinco seis sete oito nove dez onze doze",
        "twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "två tre fyra fem - sju åtta nio tio elva tolv",
    )
    for value, word in enumerate(words.split(), 2)
    if word != "-"
}
_FOREIGN = re.compile(rf"\b(?:{'|'.join(sorted(_ELSEWHERE, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, where it stands, and what it may be worth."""

    start: int
    end: int
    values: frozenset[Decimal]


def figures(text: str, *, also_words: bool = False) -> Iterator[Figure]:
    """The figures of a text, digits first; `also_words`: with words that mostly are none, and other languages'."""
    bare = _NUMBERING.sub(_blanks, _MARK.sub(_blanks, text))
    scales: set[int] = set()
    for found in _DIGITS.finditer(bare):
        worth = _worth(found[0])
        if scale := _SCALE.match(bare, found.end()):
            worth |= {value * _SCALES[scale[1].casefold()] for value in worth}
            scales.add(scale.start(1))
        yield Figure(found.start(), found.end(), worth)
    small = bare.lower() if len(bare.lower()) == len(bare) else bare
    for found in _WRITTEN.finditer(small):
        if found.start() not in scales and (also_words or found[0].casefold() not in _MOSTLY_WORDS):
            yield Figure(found.start(), found.end(), frozenset((_spelt(found[0]),)))
    for found in _FOREIGN.finditer(small) if also_words else ():
        yield Figure(found.start(), found.end(), frozenset((Decimal(_ELSEWHERE[found[0]]),)))


def unfound(answer: str, sources: Sequence[str]) -> list[Figure]:
    """The figures of an answer that stand in no source, nor are the count of anything said so there."""
    known = frozenset(
        value for source in sources for figure in figures(source, also_words=True) for value in figure.values
    )
    said = moments(answer)
    lost = set(unfound_moments(said, [moment for source in sources for moment in moments(source)]))
    found = [moment for moment in said if moment not in lost]
    return [
        figure
        for figure in figures(answer)
        if not figure.values & known and not any(one.start <= figure.start < one.end for one in found)
    ]


class UnfoundFigures:
    """Finds figures of an answer that stand neither in a passage nor in the question."""

    name = "figures"

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        for figure in unfound(text, (*context.passages, context.question)):
            said = text[figure.start : figure.end]
            why = (
                f"“{said}” stands in none of the passages that this answer rests on: look it up before you rely on it."
            )
            yield Finding(self.name, UNFOUND, why, (figure.start, figure.end))


def _worth(digits: str) -> frozenset[Decimal]:
    """What digits may be worth: 1,200 is one thousand two hundred, and in some countries one and a fifth."""
    digits = _SPACED.sub("", digits)
    signs = [sign for sign in digits if sign in ".,"]
    if not signs:
        return frozenset((Decimal(digits),))
    last = signs[-1]
    head, tail = digits.rsplit(last, 1)
    grouped = Decimal(re.sub(r"[.,]", "", digits))
    parted = Decimal(f"{re.sub(r'[.,]', '', head)}.{tail}")
    if len(signs) > 1 and set(signs) == {last}:
        return frozenset((grouped,))  # 1.200.000
    if len(tail) != 3 or len(set(signs)) > 1:
        return frozenset((parted,))  # 1.5, 1,200.50
    return frozenset((grouped, parted))


def _spelt(words: str) -> Decimal:
    total = part = 0
    for word in re.split(r"[\s-]+", words.casefold()):
        if word == "and":
            continue
        if word == "hundred":
            part = (part or 1) * 100
        elif word in _LARGE:
            total, part = total + (part or 1) * _LARGE[word], 0
        else:
            part += _VALUES[word]
    return Decimal(total + part)


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
