"""A model of one's own: figures worked out by hand, and the break-even against a search through all numbers."""

import math

import pytest

from rag.economics.assumptions import Assumptions
from rag.economics.hosting import Hosting, Load
from rag.economics.volume import MONTH

PLAIN = Assumptions(
    prompt_tokens_s=10_000,
    written_tokens_s=1_000,
    utilisation=0.5,
    gpu_usd_hour=2,
    spare=0,
    people_hours=0,
)
LOAD = Load(3000, 400, 0.01)  # 0.3 s to read and 0.4 s to write


@pytest.mark.parametrize(
    ("billions", "bits", "gpus"), [(8, 16, 1), (70, 16, 4), (70, 8, 2), (70, 4, 1), (405, 16, 16), (0.5, 16, 1)]
)
def test_a_model_takes_the_gpus_that_hold_it(billions: float, bits: int, gpus: int) -> None:
    """70 billion parameters of 16 bits are 140 GB, with room 168: four of 80 GB, as they come by powers of two."""
    assert Assumptions(billions=billions, bits=bits).gpus_a_replica == gpus


def test_speeds_follow_from_the_size_until_they_are_measured() -> None:
    """0.4 × 989e12 / 16e9 tokens read, 16 × 0.6 × 3.35e12 / 16e9 written, a second."""
    derived = Assumptions(billions=8)
    assert (round(derived.reading), round(derived.writing)) == (24_725, 2_010)
    assert Assumptions(billions=70).writing == pytest.approx(derived.writing * 8 / 70)
    assert (PLAIN.reading, PLAIN.writing) == (10_000, 1_000)


def test_replicas_carry_what_their_fullest_hours_bring_with_some_chance() -> None:
    """1800 of 3600 seconds at 0.7 a question: 2571 questions an hour, of which λ + 3 √λ = 2571 for λ = 2423.7."""
    own = Hosting(PLAIN, LOAD)
    assert (own.gpu_seconds, own.an_hour) == (pytest.approx(0.7), pytest.approx(1800 / 0.7))
    mean = own.carried(1) * 0.01
    assert mean == pytest.approx(2423.73, abs=0.1)
    assert mean + 3 * mean**0.5 == pytest.approx(own.an_hour)
    found = [own.replicas(n) for n in (0, own.carried(1), own.carried(1) * 1.001, own.carried(5), own.carried(5) + 1)]
    assert found == [1, 1, 2, 5, 6]


def test_a_month_costs_gpus_by_the_hour_and_people() -> None:
    own = Hosting(PLAIN.changed({"spare": 1, "people_hours": 10, "people_usd_hour": 50, "hours_a_day": 12}), LOAD)
    assert own.usd(1) == pytest.approx(2 * 2 * 12 * MONTH + 500)


@pytest.mark.parametrize("usd", [0.002, 0.006, 0.05, 1.0])
@pytest.mark.parametrize("changes", [{}, {"spare": 1, "people_hours": 40}, {"billions": 70, "written_tokens_s": 300}])
def test_the_break_even_is_the_least_number_at_which_it_is_no_dearer(usd: float, changes: dict[str, float]) -> None:
    own = Hosting(PLAIN.changed(changes), LOAD)
    found = own.break_even(usd)
    step = own.carried(1) / 500
    searched = (step * at for at in range(1, 500 * 60))
    least = next((n for n in searched if own.usd(n) <= usd * n), None)
    if least is None:
        assert found is None or found > step * 500 * 59
    else:
        assert found == pytest.approx(least, abs=2 * step)


def test_what_costs_nothing_by_the_question_is_never_beaten() -> None:
    assert Hosting(PLAIN, LOAD).break_even(0) is None


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("billions", -5, 0.1), ("spare", 2.6, 3), ("utilisation", 7, 1), ("bits", math.nan, 16), ("growth", "much", 0)],
)
def test_assumptions_stay_within_reason(name: str, value: object, kept: float) -> None:
    assert getattr(Assumptions().changed({name: value, "colour": 1}), name) == kept


def test_without_any_traffic_nothing_breaks() -> None:
    own = Hosting(Assumptions(), Load(3000, 400, 0.0))
    assert (own.replicas(0), math.isfinite(own.usd(0)), own.break_even(0.01) is not None) == (2, True, True)
