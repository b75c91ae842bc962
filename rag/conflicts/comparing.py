"""Which claims do not go together: said of the same thing, in the same unit, with another figure or date."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from guards.support.words import stems
from rag.conflicts.claim import Claim

ALIKE = 0.65  # how much of what two claims are about has to be shared, see `alike`; benchmarks/conflicts.py
ALIKE_DATES = 0.7
REPLACED = 0.45  # where one text says that what the other says was so before
SHARED = 2  # stems at least
SHARED_DATES = 3
NAMED_APART = 0.75  # as far as they are alike, where one has a name and the other something else instead
AS_GOOD = 0.8
ONE_SIDED = 0.3  # the weight of words that only the longer one has
ROUGH = Decimal("0.1")  # about as much as "about" means
# What is said of one of them says nothing of the other.
CONTRARY = [
    (
        frozenset(stem for word in a.split() for stem in stems(word, spoken)),
        frozenset(stem for word in b.split() for stem in stems(word, spoken)),
    )
    for spoken, pairs in (
        (
            "en",
            "full|part;minimum|maximum;domestic|abroad foreign international;gross|net;indoor|outdoor;summer|winter",
        ),
        ("en", "adult|child;private|business;incoming|outgoing;weekday|weekend sunday;inside|outside"),
        ("de", "vollzeit|teilzeit;mindestens|höchstens;inland|ausland;brutto|netto;sommer|winter"),
        ("fr", "plein|partiel;brut|net;été|hiver;adulte|enfant;minimum|maximum"),
        (
            "es",
            "completo|parcial;bruto|neto;verano|invierno;adulto|niño;mínimo|máximo;nacional|internacional extranjero",
        ),
    )
    for a, b in (pair.split("|") for pair in pairs.split(";"))
]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two claims that do not go together; `newer` is the one that says so itself, 0 or 1, None where neither does."""

    one: Claim
    other: Claim
    alike: float
    newer: int | None


def disagreements(
    ones: Sequence[Claim], others: Sequence[Claim], neutral: frozenset[str] = frozenset()
) -> list[Disagreement]:
    """The pairs of claims of two texts that disagree, the most alike first; each claim at most once.

    `neutral`: words that tell the documents apart, not what they speak of.
    """
    ones, others = _told_once(ones), _told_once(others)
    rates = {
        (at, to): rate
        for at, one in enumerate(ones)
        for to, other in enumerate(others)
        if _comparable(one, other) and (rate := alike(one, other, neutral)) > 0
    }
    best: dict[tuple[int, int], float] = {}
    settled: set[tuple[int, int]] = set()
    for (at, to), rate in rates.items():
        if not ones[at].former and not others[to].former:
            for place in ((0, at), (1, to)):
                best[place] = max(best.get(place, 0.0), rate)
    for (at, to), rate in rates.items():
        if not ones[at].former and not others[to].former and agree(ones[at], others[to]):
            settled |= {place for place in ((0, at), (1, to)) if rate >= AS_GOOD * best[place]}
    found: list[Disagreement] = []
    for (at, to), rate in sorted(rates.items(), key=lambda one: -one[1]):
        one, other = ones[at], others[to]
        if one.former or other.former or agree(one, other) or settled & {(0, at), (1, to)}:
            continue
        replaced = _replaced(one, others, neutral), _replaced(other, ones, neutral)
        enough = REPLACED if any(replaced) else ALIKE_DATES if one.days else ALIKE
        if rate < enough or rate < max(best[0, at], best[1, to]):
            continue
        settled |= {(0, at), (1, to)}
        found.append(Disagreement(one, other, rate, int(replaced[0]) if any(replaced) else _newer(one, other)))
    return found


def _replaced(one: Claim, others: Sequence[Claim], neutral: frozenset[str]) -> bool:
    """Whether the other text says itself that this was so before."""
    return any(
        other.former and _comparable(one, other) and agree(one, other) and alike(one, other, neutral) >= REPLACED
        for other in others
    )


def alike(one: Claim, other: Claim, neutral: frozenset[str] = frozenset()) -> float:
    """How far two claims are about the same, from 0 to 1: words of both among all; what only the longer one has weighs
    little, because it may just tell more. 0 where each has a name that the other has not."""
    here, there = one.about - other.about - neutral, other.about - one.about - neutral
    named = one.names & here, other.names & there
    if all(named) or any((here & a and there & b) or (here & b and there & a) for a, b in CONTRARY):
        return 0.0
    shared = len(one.about & other.about)
    if shared < (SHARED_DATES if one.days else SHARED):
        return 0.0
    less, more = sorted((len(here), len(there)))
    apart = NAMED_APART if any(named) and less else 1.0
    return apart * shared / (shared + less + ONE_SIDED * more)


def agree(one: Claim, other: Claim) -> bool:
    """Whether both may be so."""
    if one.days:
        return any(
            all(a == b or not a or not b for a, b in zip(mine, theirs, strict=True))
            for mine in one.days
            for theirs in other.days
        )
    return any(_same(mine, theirs, rough=one.rough or other.rough) for mine in one.values for theirs in other.values)


def _same(mine: Decimal, theirs: Decimal, *, rough: bool) -> bool:
    if mine == theirs:
        return True
    less, more = sorted((abs(mine), abs(theirs)))
    if rough and more and (more - less) / more <= ROUGH:
        return True
    return _rounded(mine, theirs) or _rounded(theirs, mine)


def _rounded(exact: Decimal, short: Decimal) -> bool:
    """Whether the second is the first with fewer digits: 41.7 and 42, 2,695,000 and 2.7 million."""
    bare = short.normalize()
    step = Decimal(1).scaleb(int(bare.as_tuple().exponent))
    return (
        len(exact.normalize().as_tuple().digits) > len(bare.as_tuple().digits) >= 2 and abs(exact - short) <= step / 2
    )


def _comparable(one: Claim, other: Claim) -> bool:
    if one.kind != other.kind or not one.unit.fits(other.unit) or one.conditional != other.conditional:
        return False
    if {one.bound, other.bound} == {"most", "least"} or (one.years and other.years and not one.years & other.years):
        return False
    return one.past == other.past or one.former or other.former


def _told_once(claims: Sequence[Claim]) -> list[Claim]:
    """Those of which the text itself does not tell another figure: it lists cases."""
    return [
        one
        for one in claims
        if one.former
        or not any(
            other.about == one.about and other.unit == one.unit and other.kind == one.kind and not agree(one, other)
            for other in claims
            if not other.former and (other.start == one.start or (one.row and other.row))
        )
    ]


def _newer(one: Claim, other: Claim) -> int | None:
    if one.since and other.since and one.since != other.since:
        return int(other.since > one.since)
    return None
