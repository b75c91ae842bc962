"""What can be told of a sentence beside the passages: the measures it is rated by, and the reasons given for it.

Antonyms, how many words stand in one sentence of the passages, and whether figures stand in the sentence that is most
alike were tried too, and told supported sentences from others no better than chance: docs/guards.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guards.dates import Moment, moments, unfound_moments
from guards.figures import COUNTS, Figure, figures
from guards.support.names import names
from guards.support.sources import ANYTHING, Sources, Unit, around
from guards.support.words import stems

MANY = 2  # more of a kind say no more
COMPARED = 3  # sentences of the passages that are nearest by their words
_UNIT = re.compile(
    r"\s?(?:%|°\w?|[€$£¥])|\s(?:per ?cent|percent|prozent|million|billion|milliarden?|millionen)\b", re.I
)
_CURRENCY = re.compile(r"[€$£¥]\s?\Z")
_DENIED = (
    r"not(?! (?:just|only|merely)\b)|no|never|none|nor|neither|nothing|nobody|nowhere|without|cannot|unable"
    r"|nicht|kein|keine[mnrs]?|nie|niemals|ohne|ne|pas|sans|aucune?|jamais|sin|nunca|ningun[ao]?|non|senza|mai|não|sem"
    r"|niet|geen|nooit|zonder|inte|ingen|utan|bez"
)
_DENIES = re.compile(rf"\b(?:{_DENIED})\b|n['’]t\b", re.IGNORECASE)
# What a passage may deny with, besides; in a sentence these words told nothing.
_MAY_DENY = re.compile(
    rf"\b(?:{_DENIED}|fail(?:s|ed|ing)?|lack(?:s|ed|ing)?|refus(?:e|es|ed|ing)|den(?:y|ies|ied)|reject(?:s|ed|ing)?"
    r"|hardly|barely|rarely|seldom|except|unless|avoid(?:s|ed)?)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Features:
    """Measures of one sentence. Shares go from 0 to 1, by weight; rare words weigh more."""

    covered: float  # share of its words that stand in the passages
    paired: float  # share of its neighbouring words that stand side by side there
    figures: tuple[str, ...]  # figures and dates that stand nowhere, as they are written
    counts: tuple[str, ...]  # small numbers in words that stand nowhere; they may have been counted
    estranged: tuple[str, ...]  # figures that stand there only among other words
    names: tuple[str, ...]  # that stand nowhere
    denies: bool  # it denies something, and the nearest sentences do not
    words: int  # different ones that carry meaning
    nearest: tuple[Unit, ...]


def features(words: str, sources: Sources) -> Features:
    """Looks up a sentence, given without its marks."""
    dates = moments(words)
    bare = _without(words, dates)
    found = stems(bare, sources.language)
    weights = {stem: sources.weight(stem) for stem in found}
    total = sum(weights.values())
    covered = sum(weight for stem, weight in weights.items() if stem in sources.places) / total if total else 1.0
    pairs = list(pairwise(found))
    nearest = tuple(sources.nearest(weights, COMPARED))
    strange = [*_strange_dates(words, dates, sources), *_strange_figures(words, bare, sources)]
    return Features(
        covered=covered,
        paired=sum(sources.side_by_side(*pair) for pair in pairs) / len(pairs) if pairs else covered,
        figures=tuple(said for kind, said in strange if kind == "unfound"),
        counts=tuple(said for kind, said in strange if kind == "count"),
        estranged=tuple(said for kind, said in strange if kind == "estranged"),
        names=tuple(
            name
            for name, parts in names(bare, nouns_have_capitals=sources.language == "de")
            if not sources.has_name(parts)
        ),
        denies=bool(_DENIES.search(words)) and not any(_MAY_DENY.search(unit.text) for unit in nearest[:2]),
        words=len(weights),
        nearest=nearest,
    )


def _strange_dates(words: str, dates: Sequence[Moment], sources: Sources) -> Iterator[tuple[str, str]]:
    """Dates and times that stand in no source; estranged where all their figures do."""
    for moment in unfound_moments(dates, sources.moments):
        said = words[moment.start : moment.end].strip()
        parts = list(figures(said))
        elsewhere = bool(parts) and all(sources.amid.keys() & part.values for part in parts)
        if not (elsewhere and moment.minutes and len(parts) == 1):  # "at 7" may be 7 p.m.
            yield "estranged" if elsewhere else "unfound", said


def _strange_figures(words: str, bare: str, sources: Sources) -> Iterator[tuple[str, str]]:
    """Figures outside of dates that stand in no source or only among other words, as (kind, words)."""
    for figure in figures(bare):
        known = [sources.amid[value] for value in figure.values if value in sources.amid]
        near = around(words, figure.start, figure.end, sources.language)
        may_be_counted = words[figure.start : figure.end].casefold() in COUNTS
        if not known:
            yield "count" if may_be_counted else "unfound", _shown(words, figure)
        elif near and not may_be_counted and not any(near & amid or ANYTHING in amid for amid in known):
            yield "estranged", _shown(words, figure)


def _without(words: str, dates: Sequence[Moment]) -> str:
    """The words with blanks for dates and times, so that places stay the same."""
    for moment in dates:
        words = words[: moment.start] + " " * (moment.end - moment.start) + words[moment.end :]
    return words


def _shown(words: str, figure: Figure) -> str:
    """A figure with its currency or unit."""
    before = _CURRENCY.search(words[: figure.start])
    unit = _UNIT.match(words, figure.end)
    return words[before.start() if before else figure.start : unit.end() if unit else figure.end].strip()
