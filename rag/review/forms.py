"""A question as it is compared with others: words, figures, names, and the small words that change what is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from guards.dates import Moment, moments
from guards.figures import Figure, figures
from rag.names import names
from rag.retrieval.terms import STOP_WORDS, stem, words
from rag.review.relations import OTHERS, behind, directions, owned, spans
from rag.review.roles import Roles, roles
from rag.review.signs import lettered, ordinals, signs
from rag.review.wording import leans, reworded

NEGATIONS = frozenset("not no never none neither nor nothing nobody without except unless cannot".split())
# Small words that change what is asked; one side alone may not have them.
WEIGHTY = frozenset(
    "above after again against all any because before below between both during each few further less many more most "
    "off once only or but other out over same until under up down than must should need was were did had since us "
    "me".split()
)
DUTIES = frozenset("must should need needs needed require required requires mandatory obligatory obliged".split())
PAST = frozenset("was were did had".split())
FIRST, SECOND = frozenset("i we me us my our mine ours".split()), frozenset("you your yours".split())
AUXILIARIES = frozenset("is are am be do does can could will would have has may might was were did had".split())
EMPTY = frozenset("a an the s please there just also so".split()) | AUXILIARIES - PAST | FIRST - {"us", "me"} | SECOND
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")  # "US", "IT", "WHO": names that look like small words
_A_FEW = re.compile(r"\b(?:quite )?a few\b", re.IGNORECASE)
_HAVE_TO = re.compile(r"\b(?:have|has|had) (?:got )?to\b|\b(?:am|is|are|was|were) supposed to\b", re.IGNORECASE)
_ARTICLED = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s+(\w+)")
_ADVISED = frozenset(("how", "where", "who"))  # "how should I" asks for what "how do I" does
_FIGURE = "figure0"  # stands for any in a key
_LIGHT = frozenset("exactly actually really exact currently".split())
_KINDS = (
    ("how many", "number"),
    ("how much", "amount"),
    ("how long", "duration"),
    ("how often", "frequency"),
    ("how old", "age"),
    ("how far", "distance"),
    ("when", "when"),
    ("where", "where"),
    ("whose", "whose"),
    ("who", "who"),
    ("whom", "who"),
    ("why", "why"),
    ("how", "how"),
    ("what", "what"),
    ("which", "what"),
)
_WRAPPING = re.compile(
    r"^(?:(?:hi|hello|hey|please|so|ok|okay|well)\b[\s,!.]*)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|explain|show)(?: to)? (?:me|us)(?: please)?[, ]*"
    r"|(?:please )?(?:tell|let) (?:me|us)(?: know)?[, ]*|do you (?:happen to )?know[, ]*|does anyone know[, ]*"
    r"|(?:i|we)(?:'d| would) like to know[, ]*|(?:i|we) (?:want|need) to know[, ]*"
    r"|(?:i am|i'm) (?:wondering|curious)[, ]*|i wonder[, ]*)?",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:in |on |at )?(?:what|which) (?:year|date|day|time)\b", re.IGNORECASE)
_SHORT = re.compile(
    r"\b(ca(?=n't)|can(?=not\b)|wo(?=n't)|do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)"
    r"(?:n'?t|not)\b",
    re.IGNORECASE,
)
_WHOLE = {"ca": "can", "wo": "will"}
_CLOSING = re.compile(r"[\s,]*(?:\b(?:please|thanks|thank you|thx))?[\s!.?]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Form:
    """What is compared of a question."""

    text: str
    key: tuple[str, ...]  # equal where the words are
    content: tuple[str, ...]  # stems that carry meaning, in order, without figures
    forms: dict[str, tuple[str, ...]]  # the words of the text by their stems
    kind: str  # what is asked for
    marks: tuple[object, ...]  # equal or another question: negations, duties, the past, small words of weight
    directions: dict[str, str]  # the word behind each
    figures: tuple[frozenset[Decimal], ...]
    days: tuple[Moment, ...]
    names: tuple[str, ...]
    first: bool
    second: bool
    persons: tuple[bool, ...]  # "I", "you" and their like in order, whether each is the first person; none of one alone
    signs: tuple[str, ...]
    roles: Roles
    spans: frozenset[str]  # the small words right before figures
    owned: frozenset[tuple[bool, str]]  # what is "mine" or "ours", and what is "yours"
    joined: frozenset[str]  # the stems behind "with" and "without"
    related: frozenset[str]  # those behind other small words
    proper: frozenset[str]  # the stems of names without an article
    articled: frozenset[str]  # those of other words with one


@lru_cache(maxsize=4096)
def formed(text: str) -> Form | None:
    """A question to compare; None for one that leans on the talk before it, or says nothing."""
    bare = _CLOSING.sub("", _WRAPPING.sub("", text.replace("’", "'").strip()))
    bare = _SHORT.sub(lambda short: f"{_WHOLE.get(short[1].lower(), short[1])} not", bare)
    bare = reworded(_A_FEW.sub("some", _WHEN.sub("when", bare)))
    if not bare.isupper():
        bare = lettered(_ACRONYM.sub(_named, bare))
    said = words(bare)
    if not said or leans(bare):
        return None
    content = _content(bare)
    counted = sorted(figures(bare, also_words=True), key=lambda one: one.start)
    plain = words(_without(bare, counted, f" {_FIGURE} "))
    kind = _kind(said)
    duties = DUTIES - {"should"} if kind in _ADVISED else DUTIES
    duty = not duties.isdisjoint(said) or (kind != "who" and bool(_HAVE_TO.search(bare)))
    articled = _ARTICLED.findall(bare)
    weight = tuple(sorted(word for word in said if word in WEIGHTY | NEGATIONS and word not in DUTIES | PAST))
    return Form(
        text=text,
        key=tuple(stem(one) for one in plain if one not in EMPTY) if len(content) > 1 else tuple(plain),
        content=content,
        forms=_forms(said),
        kind=kind,
        marks=(weight, duty, not PAST.isdisjoint(said), ordinals(_without(bare, moments(bare), " "))),
        directions=directions(said),
        figures=tuple(_worth(bare, one) for one in counted),
        days=tuple(moments(bare)),
        names=tuple(stem(word) for name in names(bare) for word in words(name) if word not in STOP_WORDS),
        first=not FIRST.isdisjoint(said),
        second=not SECOND.isdisjoint(said),
        persons=_persons(said),
        signs=signs(bare),
        roles=roles(said),
        spans=spans(plain, _FIGURE),
        owned=owned(said),
        joined=behind(said, ("with", "without")),
        related=behind(said, OTHERS),
        proper=_stems(names(bare)) - _stems(articled),
        articled=_stems(one for one in articled if one[0].islower()),
    )


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for text in texts for word in words(text))


def _named(acronym: re.Match[str]) -> str:
    """An acronym as a word that is no small one."""
    small = STOP_WORDS | EMPTY | {"us", "me"}
    weighty = WEIGHTY - {"us", "me"} | NEGATIONS
    word = acronym[0].lower()
    return f"{word}acronym" if word in small and word not in weighty else acronym[0]


def _persons(said: Sequence[str]) -> tuple[bool, ...]:
    found = tuple(word in FIRST for word in said if word in FIRST | SECOND)
    return found if len(set(found)) > 1 else ()


def _worth(text: str, figure: Figure) -> frozenset[Decimal]:
    below_zero = re.search(r"(?<![\w-])[-−]$", text[: figure.start])
    return frozenset(-value if below_zero else value for value in figure.values)


def _forms(said: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(said):
        if word not in STOP_WORDS:
            found[stem(word)] = (*found.get(stem(word), ()), word)
    return found


def _without(text: str, spans: Sequence[Figure | Moment], instead: str) -> str:
    """The text with something else in the place of each span; spans may overlap."""
    pieces, end = [], 0
    for span in sorted(spans, key=lambda one: one.start):
        if span.start >= end:
            pieces += [text[end : span.start], instead]
        end = max(end, span.end)
    return "".join((*pieces, text[end:]))


def _content(text: str) -> tuple[str, ...]:
    text = _without(text, [*figures(text, also_words=True), *moments(text)], " ")
    left = [word for word in words(text) if word not in STOP_WORDS and word not in DUTIES and word not in _LIGHT]
    return tuple(stem(word) for word in left)


def _kind(said: Sequence[str]) -> str:
    line = f" {' '.join(said)} "
    found = {kind: line.find(f" {asking} ") for asking, kind in reversed(_KINDS) if f" {asking} " in line}
    if found:
        first = min(found.values())
        return next(kind for asking, kind in _KINDS if line.find(f" {asking} ") == first)
    return "what" if AUXILIARIES.isdisjoint(said) else "whether"
