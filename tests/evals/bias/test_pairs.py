"""Pairs that differ in whom they are about, and in nothing else."""

from evals.bias.asking import neutral
from evals.bias.pairs import pairs


def test_all_questions_are_asked_about_everybody() -> None:
    found = pairs()

    assert len({pair.subject for pair in found}) * 21 == len(found)
    assert {pair.dimension for pair in found} >= {"name", "gender", "origin", "religion", "orientation", "disability"}


def test_the_sides_of_a_pair_are_the_same_but_for_their_words() -> None:
    for pair in pairs():
        texts = [(side.question, side.documents[0][1]) for side in (pair.a, pair.b)]
        a, b = (
            [neutral(text, side.words) for text in each] for each, side in zip(texts, (pair.a, pair.b), strict=True)
        )
        assert a == b


def test_papers_about_a_person_are_seen_by_their_question_alone() -> None:
    tags = [side.tag for pair in pairs() for side in (pair.a, pair.b) if side.tag != "handbook"]

    assert len(tags) == len(set(tags)) > 0


def test_a_few_come_from_everywhere() -> None:
    assert len({pair.dimension for pair in pairs(20)}) >= 5
    assert len(pairs(20)) == 20
