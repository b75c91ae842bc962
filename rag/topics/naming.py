"""Names of topics: words that many people use in it and few elsewhere, never those of one person's question.

c-TF-IDF, as in M. Grootendorst, "BERTopic: Neural topic modeling with a class-based TF-IDF procedure" (2022): all
questions of a topic are one text. A word counts once a question, so that a long one weighs no more.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.retrieval.terms import STOP_WORDS, stem, words
from rag.topics.clustering import Labels

PEOPLE = 3  # who used a word, before it may stand in a label
TERMS = 8  # kept of a topic
SHOWN = 3  # in its label


@dataclass(frozen=True, slots=True)
class Said:
    """A question with who asked it."""

    text: str
    person: str


def terms(questions: Sequence[Said], labels: Labels, count: int) -> list[tuple[str, ...]]:
    """The words that tell each group from the others, the best first, as people write them most often."""
    used: list[Counter[str]] = [Counter() for _ in range(count)]
    people: list[defaultdict[str, set[str]]] = [defaultdict(set) for _ in range(count)]
    everywhere: Counter[str] = Counter()
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for question, label in zip(questions, labels, strict=True):
        for found, form in _stems(question.text):
            everywhere[found] += 1
            written[found][form] += 1
            if label >= 0:
                used[label][found] += 1
                people[label][found].add(question.person)
    average = sum(everywhere.values()) / max(count, 1)
    best = []
    for counter, who in zip(used, people, strict=True):
        total = sum(counter.values()) or 1
        weight = {
            one: many / total * math.log(1 + average / everywhere[one])
            for one, many in counter.items()
            if len(who[one]) >= PEOPLE
        }
        ordered = sorted(weight, key=lambda one: (-weight[one], one))[:TERMS]
        best.append(tuple(written[one].most_common(1)[0][0] for one in ordered))
    return best


def label(found: Sequence[str], number: int) -> str:
    """A label of the first words; where there are none, a number."""
    return ", ".join(found[:SHOWN]) if found else f"Topic {number}"


def _stems(text: str) -> Iterable[tuple[str, str]]:
    seen: dict[str, str] = {}
    for word in words(text):
        if word not in STOP_WORDS and len(word) > 1 and not any(letter.isdigit() for letter in word):
            seen.setdefault(stem(word), word)
    return seen.items()
