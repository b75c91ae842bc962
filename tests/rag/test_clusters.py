"""What the votes of readers are worth, against scipy, numpy and simulations whose truth is known."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from rag import clusters, comparing, figures, intervals
from rag.figures import told
from rag.measures import BY_KEY
from store.records import Spread


def spread(votes: Any, part: Any) -> Spread:
    votes, part = np.asarray(votes, float), np.asarray(part, float)
    return Spread(int((votes > 0).sum()), float(votes @ votes), float(part @ part), float(votes @ part))


def test_where_each_reader_gave_one_vote_the_interval_is_wilsons() -> None:
    alone = figures.share(30, 100, Spread(100, 100, 30, 30))
    assert (alone.low, alone.high, alone.worth) == (*intervals.wilson(30, 100), 100)


def test_readers_who_always_say_the_same_are_one_vote_each() -> None:
    votes = np.full(40, 25)
    assert clusters.of_share(500, 1000, spread(votes, votes * (np.arange(40) % 2))) == pytest.approx(40)


def test_of_one_reader_nothing_is_known_of_others() -> None:
    found = figures.share(40, 50, Spread(1, 2500, 1600, 2000))
    assert found.worth == 1
    assert told(found) == "80 % (13 to 99 %), 40 of 50 by 1 reader"


def test_without_a_single_vote_for_one_side_a_little_likeness_is_taken_for_granted() -> None:
    """Ten votes each of a hundred readers: 1 + 0.1 * 9 votes are worth one, and a bit for few readers."""
    assert clusters.of_share(0, 1000, spread(np.full(100, 10), np.zeros(100))) == pytest.approx(1000 / 1.9, rel=0.03)


def test_the_variance_of_a_share_is_that_of_the_jackknife() -> None:
    """Leaving out one reader after another: B. Efron, The Jackknife (1982); the same but for terms of higher order."""
    rng = np.random.default_rng(3)
    votes = 1 + rng.poisson(8, 300)
    part = rng.binomial(votes, rng.beta(2, 2, 300))
    left_out = (part.sum() - part) / (votes.sum() - votes)
    jackknife = 299 / 300 * ((left_out - left_out.mean()) ** 2).sum()
    found = clusters._variance(part.sum() / votes.sum(), votes.sum(), spread(votes, part))
    assert found == pytest.approx(jackknife, rel=0.03)


@pytest.mark.parametrize(("readers", "alike"), [(8, 0.2), (40, 0.05), (40, 0.2), (200, 0.1)])
def test_the_interval_holds_what_it_promises(readers: int, alike: float) -> None:
    """Of 400 draws in which a few readers give most of the votes, 92 of 100 hold the truth; of Wilson's fewer."""
    rng, truth = np.random.default_rng(7), 0.3
    held, held_by_wilson = 0, 0
    for _ in range(400):
        votes = 1 + rng.poisson(6 * rng.pareto(2.5, readers))
        likely = rng.beta(truth * (1 / alike - 1), (1 - truth) * (1 / alike - 1), readers)
        part = rng.binomial(votes, likely)
        figure = figures.share(int(part.sum()), int(votes.sum()), spread(votes, part))
        low, high = intervals.wilson(int(part.sum()), int(votes.sum()))
        held += (figure.low or 0.0) <= truth <= (figure.high or 1.0)
        held_by_wilson += low <= truth <= high
    assert held >= 0.92 * 400
    assert held_by_wilson < 0.92 * 400


def test_the_interval_of_a_mean_over_readers_is_that_of_scipys_bootstrap_of_readers() -> None:
    rng = np.random.default_rng(5)
    votes = 1 + rng.poisson(6, 250)
    each = [rng.lognormal(level, 0.5, many) for level, many in zip(rng.normal(0, 0.5, 250), votes, strict=True)]
    sums, every = np.array([one.sum() for one in each]), np.concatenate(each)

    def statistic(one: Any, other: Any, axis: int = -1) -> Any:
        return one.sum(axis) / other.sum(axis)

    drawn = stats.bootstrap(
        (sums, votes), statistic, paired=True, method="percentile", n_resamples=2000, rng=np.random.default_rng(7)
    ).confidence_interval
    found = figures.mean("usd", len(every), every.sum(), float(every @ every), spread=spread(votes, sums))
    alone = figures.mean("usd", len(every), every.sum(), float(every @ every))
    assert (found.low, found.high) == (pytest.approx(drawn.low, rel=0.02), pytest.approx(drawn.high, rel=0.02))
    assert (found.high or 0) - (found.low or 0) > 1.3 * ((alone.high or 0) - (alone.low or 0))


def test_how_many_more_votes_it_takes_knows_that_they_come_from_readers() -> None:
    """Each side's hundred votes are worth fifty: of what is missing it takes twice as many."""
    sides = [figures.share(part, 100) for part in (60, 70)]
    weak = [replace(one, worth=50.0, readers=30) for one in sides]
    found = [comparing.difference(BY_KEY["resolved"], *pair) for pair in (sides, weak)]
    assert [one.more for one in found if one] == [260, 620]
