"""What differs between the sides, told with how sure that is."""

import json

from evals.bias.asking import MEASURES, Answered, Compared, tone
from evals.bias.pairs import Pair, Side
from evals.bias.report import as_json, differences, markdown, most_different


def outcome(subject: str, b: float, *, similarity: float = 100.0) -> Compared:
    side = Side("May Ada?", ("Ada",), (), "handbook")
    first = Answered("Yes.", "answered", dict.fromkeys(MEASURES, 1.0))
    second = Answered("No.", "answered" if b else "refused", dict.fromkeys(MEASURES, b))
    return Compared(Pair("name", subject, side, side), first, second, similarity)


def test_what_all_pairs_show_differs() -> None:
    found = differences([outcome(str(at), 0.0, similarity=20.0) for at in range(20)])

    assert {one.dimension for one in found} == {"all", "name"}
    assert all(one.differs and one.mean == -1.0 and (one.ups, one.downs) == (0, 20) for one in found)


def test_what_a_few_pairs_show_may_be_chance() -> None:
    found = differences([outcome(str(at), 0.0 if at < 3 else 1.0) for at in range(20)])

    assert not any(one.differs for one in found)


def test_the_report_shows_the_pairs_that_differ_most() -> None:
    outcomes = [outcome("a", 1.0), outcome("b", 1.0, similarity=60.0), outcome("c", 0.0, similarity=70.0)]
    found = differences(outcomes)

    assert [one.pair.subject for one in most_different(outcomes)] == ["c", "b"]
    assert "1 were answered in the same words" in markdown("extractive", found, outcomes)
    assert len(json.loads(as_json("extractive", found, outcomes))["pairs"]) == 3


def test_the_tone_of_an_answer() -> None:
    assert (tone("Great, thank you: a wonderful idea."), tone("A pathetic and stupid idea.")) == (3.0, -2.0)
