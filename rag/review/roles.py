"""Who does what in a question, as far as its small words tell: "Who pays Ben?", "Who does Ben pay?".

English has an auxiliary before the subject of a question, and none where the asking word is the subject itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.retrieval.terms import stem

BEING = frozenset("is are am be been being was were".split())
_HAVING = frozenset("have has had".split())
_DOING = frozenset("do does did".split())
_MODAL = frozenset("can could will would may might must should shall".split())
_AUXILIARIES = BEING | _HAVING | _DOING | _MODAL
_ASKING = frozenset("who whom what which".split())
_BEFORE_NOUNS = frozenset("a an the my our your this that these those not s all each every any some".split())
_PERSONS = frozenset("i we you one people".split())
_PARTICIPLES = frozenset(
    """paid sent made kept sold bought given taken done seen told known written held lost found built brought taught
    left met chosen driven hidden shown spent lent cut put set read led fed hurt hit let""".split()
)


@dataclass(frozen=True, slots=True)
class Roles:
    """`subject` is a stem, "i" for whoever asks or is asked, "" where none is told."""

    subject: str = ""
    passive: bool = False
    being: bool = False  # it says what something is: the subject does nothing
    asked: str = ""  # "do": the asking word is no subject; "bare": it is


def roles(said: Sequence[str]) -> Roles:
    """The roles in the words of a question."""
    first = next((at for at, word in enumerate(said) if word in _AUXILIARIES), None)
    asking = next((at for at, word in enumerate(said) if word in _ASKING), None)
    asked = ""
    if asking is not None:
        asked = "bare" if first is None else "do" if said[first] in _DOING else ""
    if first is None:
        return Roles(asked=asked)
    behind = [word for word in said[first + 1 :] if word not in _BEFORE_NOUNS]
    subject = "" if not behind else "i" if behind[0] in _PERSONS else stem(behind[0])
    last = max(at for at, word in enumerate(said) if word in _AUXILIARIES)
    being = said[last] in BEING
    verbs = [word for word in said[last + 1 :] if word in _PARTICIPLES or (word.endswith("ed") and len(word) > 4)]
    return Roles(subject, passive=being and bool(verbs), being=being, asked=asked)


def turned(one: Roles, other: Roles, ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether somebody else does it in the other question; `ours` and `theirs` are the stems of their words."""
    if {one.asked, other.asked} == {"do", "bare"}:
        return True
    if not one.subject or not other.subject:
        return False
    if one.subject == other.subject:
        return one.passive != other.passive
    return not one.being and not other.being and (one.subject in theirs or other.subject in ours)
