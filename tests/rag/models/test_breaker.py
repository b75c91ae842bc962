"""The breaker as a state machine: what each event makes of a model's health. Time is given, nothing waits."""

from datetime import UTC, datetime, timedelta

import pytest

from rag.models import breaker
from rag.models.breaker import Rules, admission, failed, probing, put_back, released, roused, taken_out, worked
from rag.problems import Kind
from store.records import HealthRecord

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RULES = Rules(failures_to_rest=3, rest_s=30, probe_s=100)
WELL = HealthRecord("first")


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def after_failures(count: int, kind: Kind = "model_error") -> HealthRecord:
    health = WELL
    for _ in range(count):
        health = failed(health, kind, NOON, RULES)
    return health


def resting() -> HealthRecord:
    return after_failures(3)


def on_probe() -> HealthRecord:
    return probing(resting(), later(30), RULES)


def test_a_model_that_is_not_known_is_asked() -> None:
    assert admission(WELL, NOON) == "yes"


def test_it_rests_after_so_many_failures_in_a_row() -> None:
    assert [admission(after_failures(count), NOON) for count in (1, 2, 3)] == ["yes", "yes", "no"]
    assert (resting().state, resting().last_problem, resting().resting_until) == ("open", "model_error", later(30))


def test_a_success_in_between_starts_the_count_anew() -> None:
    health = worked(after_failures(2), NOON)
    assert failed(failed(health, "model_cut", NOON, RULES), "model_cut", NOON, RULES).state == "closed"


@pytest.mark.parametrize("kind", sorted(breaker.COUNTED))
def test_what_counts_as_a_failure(kind: Kind) -> None:
    assert failed(WELL, kind, NOON, RULES).failures == 1


@pytest.mark.parametrize("kind", ["model_filtered", "model_too_long", "model_refused", "model_busy", "model_resting"])
def test_what_says_nothing_about_the_model_does_not_count(kind: Kind) -> None:
    assert failed(WELL, kind, NOON, RULES) == WELL


def test_a_wrong_key_opens_at_once() -> None:
    assert failed(WELL, "model_unauthorized", NOON, RULES).state == "open"


def test_a_long_retry_after_opens_at_once_for_so_long() -> None:
    health = failed(WELL, "model_rate_limited", NOON, RULES, retry_after_s=90)
    assert (health.state, health.resting_until) == ("open", later(90))


def test_a_short_retry_after_is_one_failure_like_others() -> None:
    assert failed(WELL, "model_rate_limited", NOON, RULES, retry_after_s=2).state == "closed"


def test_a_retry_after_of_days_is_bounded() -> None:
    health = failed(WELL, "model_rate_limited", NOON, RULES, retry_after_s=1e9)
    assert health.resting_until == later(breaker.LONGEST_RETRY_AFTER_S)


def test_after_its_rest_one_probe_may_be_sent() -> None:
    assert [admission(resting(), later(seconds)) for seconds in (29.9, 30)] == ["no", "probe"]


def test_while_the_probe_is_under_way_nobody_else_asks() -> None:
    assert [admission(on_probe(), later(30 + seconds)) for seconds in (0, 99.9)] == ["no", "no"]


def test_a_probe_that_never_came_back_is_followed_by_another() -> None:
    assert admission(on_probe(), later(131)) == "probe"


def test_a_probe_that_goes_well_closes() -> None:
    health = worked(on_probe(), later(31), probe=True)
    assert (health.state, health.failures, health.opened, health.resting_until) == ("closed", 0, 0, None)


def test_each_probe_that_fails_doubles_the_rest() -> None:
    health, rests = resting(), []
    for _ in range(6):
        assert health.resting_until
        now = health.resting_until
        health = failed(probing(health, now, RULES), "model_error", now, RULES, probe=True)
        assert health.resting_until
        rests.append((health.resting_until - now).total_seconds())
    assert rests == [60, 120, 240, 480, 600, 600]


def test_a_rest_that_is_set_longer_than_the_bound_is_kept() -> None:
    health = failed(WELL, "model_unauthorized", NOON, Rules(rest_s=3600))
    assert health.resting_until == later(3600)


@pytest.mark.parametrize("kind", ["model_refused", "model_too_long", "model_filtered"])
def test_a_probe_whose_question_was_not_taken_shows_that_the_model_is_there(kind: Kind) -> None:
    assert failed(on_probe(), kind, later(31), RULES, probe=True).state == "closed"


def test_a_probe_that_was_stopped_lets_the_next_one_go_at_once() -> None:
    assert admission(released(on_probe(), later(31)), later(31)) == "probe"


def test_requests_from_before_the_rest_do_not_end_it() -> None:
    assert worked(resting(), later(1)) == resting()
    assert worked(on_probe(), later(31)) == on_probe()


def test_requests_from_before_the_rest_do_not_lengthen_it_but_a_retry_after_does() -> None:
    assert failed(resting(), "model_cut", later(1), RULES).resting_until == later(30)
    assert failed(resting(), "model_rate_limited", later(1), RULES, retry_after_s=60).resting_until == later(61)
    assert failed(on_probe(), "model_cut", later(31), RULES).state == "half_open"


def test_useless_answers_add_up_although_their_streams_end_well() -> None:
    health = WELL
    for _ in range(3):
        health = failed(worked(health, NOON), "model_garbled", NOON, RULES)
    assert health.state == "open"


def test_an_answer_that_was_of_use_ends_a_row_of_useless_ones() -> None:
    assert worked(after_failures(2, "model_garbled"), NOON, useful=True).failures == 0


def test_after_a_rest_for_useless_answers_one_more_sends_it_back_for_longer() -> None:
    rested = after_failures(3, "model_garbled")
    on_trial = worked(probing(rested, later(30), RULES), later(31), probe=True)
    assert admission(on_trial, later(31)) == "yes"
    assert failed(on_trial, "model_garbled", later(31), RULES).resting_until == later(91)


def test_after_a_rest_for_useless_answers_one_of_use_makes_it_well() -> None:
    rested = after_failures(3, "model_garbled")
    on_trial = worked(probing(rested, later(30), RULES), later(31), probe=True)
    health = worked(on_trial, later(31), useful=True)
    assert (health.state, health.failures, health.opened) == ("closed", 0, 0)


def test_useless_answers_long_ago_are_no_row() -> None:
    assert worked(after_failures(2, "model_empty"), later(601)).failures == 0


def test_taken_out_it_is_not_asked_until_it_is_put_back() -> None:
    out = taken_out(resting())
    assert admission(out, later(1e6)) == "no"
    assert admission(put_back(out), NOON) == "yes"
    assert put_back(out).last_problem == "model_error"


def test_after_a_new_start_the_next_question_tries_a_model_that_rests() -> None:
    assert admission(roused(resting(), later(1)), later(1)) == "probe"
    assert admission(roused(taken_out(resting()), later(1)), later(1)) == "no"
    assert [roused(health, later(1)) for health in (HealthRecord("m"), on_probe())] == [HealthRecord("m"), on_probe()]
