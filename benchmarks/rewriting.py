"""Follow-up questions made to stand alone by rules: like a person's rewriting, and what the search gains by it.

CANARD (`conv_rewrite.jsonl`): how much our rewriting shares with a person's, and whether the same questions are left
alone. MTRAG: nDCG@10 of the search with each way to take the talk into account; then the same questions after somebody
else's talk about something else, where nothing should be borrowed. The rules were made on the first halves, of CANARD's
topics and MTRAG's conversations; the tables show the second halves.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks import conversations, houses
from benchmarks.conversations import Latest, Rewritten
from benchmarks.measuring import SEED, Cell, Report, Table, mean_with_interval
from benchmarks.retrieval import ndcg
from benchmarks.searching import Arms
from rag.rewriting import RULES, by_rules, leans
from rag.types import Question

NAME, NEEDS = "rewriting", ("mtrag", "conv_rewrite.jsonl")
QUICK = 60
Way = Callable[[Question], str]


def last_two(question: Question) -> str:
    return " ".join([*(turn.question for turn in question.history[-1:]), question.text])


def all_joined(question: Question) -> str:
    return " ".join([*(turn.question for turn in question.history), question.text])


WAYS: dict[str, Way] = {
    "the last question as it is": lambda question: question.text,
    "the last two questions joined": last_two,
    "all questions joined": all_joined,
    "**our rules**": lambda question: by_rules(question).text,
}


def run(*, quick: bool) -> Report:
    people = [one for one in conversations.canard() if not one.first_half][: QUICK if quick else None]
    mtrag = conversations.mtrag()
    asked = [latest for latest in mtrag.latest if latest.relevant and not latest.first_half][: QUICK if quick else None]
    with houses.opened(houses.loose(mtrag.passages)) as house:
        arms = Arms(house)
        found = _found(arms, asked, mtrag.latest)
    later = [latest for latest in asked if latest.question.history]
    leaning = float(np.mean([leans(latest.question.text) for latest in later]))
    notes = [
        f"{len(asked)} questions of MTRAG's second half, {leaning:.0%} of the later ones lean by our rules; "
        f"{len(people)} of CANARD's. Intervals draw single questions (CANARD: topics).",
        "MTRAG's pool hardly holds the passages of a conversation's other turns, so that joining questions costs "
        "nothing there; the second column shows what it costs when the talk changes its topic.",
    ]
    return Report(NAME, [found, _like_people(people), _changed(people)], notes)


def _found(arms: Arms, asked: Sequence[Latest], others: Sequence[Latest]) -> Table:
    passage_of = {i: chunk.text for i, chunk in arms.chunks.items()}
    ids = {passage.text: passage.id for passage in conversations.mtrag().passages}

    def score(query: str, latest: Latest) -> float:
        order = [ids[passage_of[scored.chunk_id]] for scored in arms.search(query).ranked()]
        return ndcg(order, latest.relevant)

    draw = random.Random(SEED)
    strangers = [draw.choice([o for o in others if o.domain != one.domain and o.question.history]) for one in asked]
    rows: list[list[Cell]] = []
    for name, way in WAYS.items():
        own = [score(way(one.question), one) for one in asked]
        foreign = [
            score(way(Question(one.question.text, stranger.question.history)), one)
            for one, stranger in zip(asked, strangers, strict=True)
        ]
        rows.append([name, *(mean_with_interval(values, range(len(values))) for values in (own, foreign))])
    columns = ["Searched for", "nDCG@10", "nDCG@10 after a change of topic"]
    return Table("What the search finds, MTRAG", columns, rows)


def _like_people(people: Sequence[Rewritten]) -> Table:
    groups = [one.topic for one in people]
    rows: list[list[Cell]] = []
    for name, way in WAYS.items():
        rows.append([name, mean_with_interval([token_f1(way(one.question), one.by_person) for one in people], groups)])
    return Table("Shared with a person's rewriting, CANARD", ["Written", "Token F1"], rows)


def _changed(people: Sequence[Rewritten]) -> Table:
    """Whether rules and people change the same questions, among those that have a talk before them."""
    later = [one for one in people if one.question.history]
    needed = np.array([tokens(one.question.text) != tokens(one.by_person) for one in later])
    changed = np.array([by_rules(one.question).rewritten_by == RULES for one in later])
    rows: list[list[Cell]] = [
        ["changed by people", float(needed.mean())],
        ["of these, changed by rules", float(changed[needed].mean())],
        ["of those people left alone, changed by rules", float(changed[~needed].mean())],
    ]
    return Table("Questions with a talk before them, CANARD", ["Questions", "Share"], rows)


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def token_f1(one: str, other: str) -> float:
    """The harmonic mean of precision and recall of the words, each counted as often as it stands."""
    a, b = Counter(tokens(one)), Counter(tokens(other))
    return 2 * (a & b).total() / (a.total() + b.total()) if a and b else 0.0
