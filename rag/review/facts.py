"""Facts: short phrases that an answer has to hold. Suggested from a text, and looked for in one."""

import re
from collections.abc import Iterator

from guards.dates import moments
from guards.figures import figures
from guards.quotes import locate
from rag.names import names
from rag.retrieval.terms import STOP_WORDS, stems, words
from rag.review.forms import NEGATIONS

MOST = 8
_MARK = re.compile(r"[ \t]*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_UNIT = re.compile(r"[ \u00a0\u202f]?(%|(?:(?:per|an?) )?°?[^\W\d_]{1,20})")
_CURRENCY = re.compile(r"[$€£¥]\s?$")


def suggested(text: str) -> tuple[str, ...]:
    """Figures with what they count, dates and names of a text, in their order, each once."""
    bare = _MARK.sub("", text)
    found: dict[str, int] = {}
    for start, end in _spans(bare):
        fact = " ".join(bare[start:end].split())
        if not any(fact.casefold() in other.casefold() for other in found):
            found[fact] = start
    return tuple(sorted(found, key=lambda fact: found[fact]))[:MOST]


def stands(fact: str, text: str) -> bool:
    """Whether a text says it: word for word, or all its figures and dates in any form and the rest of its words."""
    bare = _MARK.sub("", text)
    if locate(fact, bare):
        return True
    wanted, rest = _without_figures(fact)
    dated = moments(fact)
    if not (wanted or rest or dated):
        return False
    said = [figure.values for figure in figures(bare, also_words=True)]
    there = moments(bare)
    return (
        NEGATIONS.intersection(words(fact)) <= set(words(bare))
        and all(any(values & other for other in said) for values in wanted)
        and all(any(moment.fits(other) for other in there) for moment in dated)
        and rest <= stems(bare)
    )


def _without_figures(fact: str) -> tuple[list[frozenset[object]], frozenset[str]]:
    """The values of a fact's figures, those of its dates aside, and the stems of its other words."""
    dated = moments(fact)
    counted = [one for one in figures(fact) if not any(day.start <= one.start < day.end for day in dated)]
    rest = fact
    spans = [*((one.start, one.end) for one in dated), *((one.start, one.end) for one in counted)]
    for start, end in sorted(spans, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    return [frozenset(one.values) for one in counted], stems(rest)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    dated = moments(text)
    yield from ((one.start, one.end) for one in dated)
    for figure in figures(text):
        if any(day.start <= figure.start < day.end for day in dated):
            continue
        before = _CURRENCY.search(text, 0, figure.start)
        unit = _UNIT.match(text, figure.end)
        end = unit.end() if unit and unit[1].lower() not in STOP_WORDS else figure.end
        yield before.start() if before else figure.start, end
    for name in names(text):
        yield text.index(name), text.index(name) + len(name)
