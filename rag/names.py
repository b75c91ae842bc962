"""Names in a text, found by their capitals: enough to know what a talk is about, and no model needed."""

import re
from collections.abc import Sequence
from itertools import dropwhile

from rag.retrieval.terms import STOP_WORDS, terms
from rag.types import Turn

_PARTICLE = r"(?:of|the|and|de|von|van|for)"
_WORD = r"[A-Z][\w'’-]*"
# Capitals at the start of a sentence say nothing, two in a row do.
_NAME = re.compile(
    rf"(?<![.!?:]\s)(?<!^)\b{_WORD}(?:\s+(?:{_PARTICLE}\s+)?(?:{_WORD}|\d+\b))*|^{_WORD}\s{_WORD}(?:\s{_WORD})*"
)
_CALENDAR = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday".split()
)
IN_QUESTION, IN_ANSWER = 2.0, 1.0
FADING = 0.8  # a turn further back counts that much less


def names(text: str) -> list[str]:
    """The names in a text, in order; dates are none."""
    found = []
    for capitals in _NAME.findall(text):
        name = " ".join(dropwhile(lambda word: word.lower() in STOP_WORDS, capitals.split()))
        if any(term not in _CALENDAR and not term.isdigit() for term in terms(name)):
            found.append(name)
    return found


def topic(history: Sequence[Turn], known: frozenset[str]) -> str | None:
    """The name the talk is about: said most often and latest, in questions more than in answers.

    Names all of whose terms are `known` are left out.
    """
    scores: dict[str, float] = {}
    for back, turn in enumerate(reversed(history)):
        for weight, text in ((IN_QUESTION, turn.question), (IN_ANSWER, turn.answer)):
            for name in names(text):
                if not known.issuperset(terms(name)):
                    scores[name] = scores.get(name, 0.0) + weight * FADING**back
    return max(scores, key=lambda name: scores[name], default=None)
