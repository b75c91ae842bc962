"""Whether two questions ask the same, so that what answers one answers the other. Rather no than a wrong yes.

Two questions are the same when their words are, in their order, but for what people wrap questions in. Else they have
to be close in meaning, and nothing may tell them apart that an embedding hardly sees: figures and dates, negations,
what is asked for (who, when, how many), directions (from, to, before), duties, the past, who is meant by "I" and
"you", the order of names, or a word of weight that only one of them has. How the lines were drawn and what they let
through: docs/decisions/0016.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import combinations

from rag.review.forms import Form
from rag.review.inflection import one_word
from rag.review.roles import turned
from rag.review.wording import ALIKE
from store.records import VerifiedRecord

NEAR = 0.8  # cosine; chosen by benchmarks/verified.py
MOST_LIKELY = 8  # questions whose meaning is looked at
_MEETING = ((True, False, False, True), (False, True, True, False))  # "can I …?", "can you …?"
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]] | None]
Known = tuple[Form, VerifiedRecord]


def matching(asked: Form, known: Sequence[Known], embed: Embed) -> VerifiedRecord | None:
    """The one whose question is the same, by its words before its meaning; of several the latest."""
    latest = known[::-1]
    for form, record in latest:
        if equal(asked, form):
            return record
    likely = [(form, record) for form, record in latest if comparable(asked, form)][:MOST_LIKELY]
    vectors = embed([asked.text, *(form.text for form, _ in likely)]) if likely else None
    if vectors is None:
        return None
    mine, *theirs = vectors
    for (form, record), vector in zip(likely, theirs, strict=True):
        if same(asked, form, closeness=sum(a * b for a, b in zip(mine, vector, strict=True))):
            return record
    return None


def equal(one: Form, other: Form) -> bool:
    """Whether both say the same in the same words."""
    return (
        one.key == other.key
        and one.first == other.first
        and one.persons == other.persons
        and one.marks == other.marks
        and one.signs == other.signs
        and not _roles_differ(one, other)
        and all(a & b for a, b in zip(one.figures, other.figures, strict=False))
        and _figures_fit(one, other)
        and _same_words(one, other)
    )


def apart(one: Form, other: Form) -> str:
    """Why two questions are not the same, however close they are; "" when nothing tells them apart."""
    if one.kind != other.kind:
        return "kind"
    if one.marks != other.marks or one.signs != other.signs:
        return "marks"
    both = one.persons and other.persons and one.persons != other.persons
    if both or (one.first, one.second, other.first, other.second) in _MEETING:
        return "person"
    if not _figures_fit(one, other):
        return "figures"
    ours, theirs = one.directions, other.directions
    lacking = theirs.keys() - ours.keys(), ours.keys() - theirs.keys()
    if (
        any(ours[word] != theirs[word] for word in ours.keys() & theirs.keys())
        or all(lacking)
        or "by" in lacking[0] | lacking[1]
    ):
        return "directions"
    spans = bool(one.spans and other.spans) and one.spans != other.spans
    if spans or not (one.joined & other.related | other.joined & one.related) <= one.joined & other.joined:
        return "directions"
    if _roles_differ(one, other):
        return "roles"
    named = {*one.names, *other.names}
    orders = [
        [word for word in form.content if word in named and word in both.content]
        for form, both in ((one, other), (other, one))
    ]
    if _swapped(one.content, other.content) or orders[0] != orders[1]:
        return "order"
    return ""


def same(one: Form, other: Form, *, closeness: float) -> bool:
    """Whether two questions in other words ask the same; `closeness` is the cosine of their vectors."""
    return closeness >= NEAR and comparable(one, other)


def comparable(one: Form, other: Form) -> bool:
    """Whether nothing but their meaning can tell two questions apart."""
    return (
        min(len(one.content), len(other.content)) > 1
        and not apart(one, other)
        and not any(unmatched(one, other))
        and _same_words(one, other)
    )


def unmatched(one: Form, other: Form) -> tuple[list[str], list[str]]:
    """The words of weight that only one of the two has, or has more often, those of each side."""
    left, right = (Counter(ALIKE.get(word, word) for word in form.content) for form in (one, other))
    return sorted((left - right).elements()), sorted((right - left).elements())


def _roles_differ(one: Form, other: Form) -> bool:
    """Whether somebody else does it, or a name is a thing in the other: "see Bill", "see the bill"."""
    return (
        turned(one.roles, other.roles, one.content, other.content)
        or any((not mine, word) in other.owned for mine, word in one.owned)
        or not one.proper.isdisjoint(other.articled)
        or not other.proper.isdisjoint(one.articled)
    )


def _same_words(one: Form, other: Form) -> bool:
    """Whether words with the same stem are forms of one word."""
    return all(one_word(one.forms[stem], other.forms[stem]) for stem in one.forms.keys() & other.forms.keys())


def _figures_fit(one: Form, other: Form) -> bool:
    """Whether each figure and each date of one stands for one of the other, and the other way round."""
    if len(one.figures) != len(other.figures) or len(one.days) != len(other.days):
        return False
    return (
        all(a & b for a, b in zip(_sorted(one), _sorted(other), strict=True))
        and all(any(a.fits(b) for b in other.days) for a in one.days)
        and all(any(a.fits(b) for a in one.days) for b in other.days)
    )


def _sorted(form: Form) -> list[frozenset[Decimal]]:
    return sorted(form.figures, key=min)


def _swapped(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether three words of both stand the other way round: "Kent beat Surrey", "Surrey beat Kent"."""
    place = {word: at for at, word in enumerate(other)}
    common = [place[word] for word in one if word in place]
    return any(a > b > c for a, b, c in combinations(common, 3))
