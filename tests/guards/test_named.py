"""Guards of others, by name: in our form, and validators made for guardrails."""

from collections.abc import Iterable
from typing import Any

import pytest

from guards.answer import AnswerGuard
from guards.guard import NOTHING_ELSE, Context
from guards.named import NoSuchGuard, named
from guards.policy import Policy, Post
from guards.verdicts import Finding

HERE = "tests.guards.test_named"


class Shouting:
    name = "whatever"

    def __init__(self, least: int = 3) -> None:
        self.least = least

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        if text.isupper() and len(text) >= self.least:
            yield Finding(self.name, "shouting", "It shouts.", sure=0.7)


class Nothing:
    """Neither the one nor the other."""


def validator(**_: Any) -> object:
    """A validator as published ones are made: a class of guardrails, registered by name."""
    from guardrails.validator_base import ErrorSpan, FailResult, PassResult, Validator, register_validator

    @register_validator(name="tests/no_moon", data_type="string")
    class NoMoon(Validator):  # type: ignore[misc]
        def validate(self, value: str, metadata: dict[str, Any]) -> object:
            at = value.find("moon")
            if at < 0:
                return PassResult()
            span = ErrorSpan(start=at, end=at + 4, reason="It speaks of the moon.")
            return FailResult(error_message="No moons.", error_spans=[span])

    return NoMoon()


class Odd:
    """Finds what no guard should."""

    def __init__(self, sure: object = 1, where: object = None) -> None:
        self.sure, self.where = sure, where

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        yield Finding("odd", "oddity", "It is odd.", self.where, self.sure)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options",
    [{"sure": None}, {"sure": float("nan")}, {"sure": 7}, {"where": (5, 2)}, {"where": (-1, 2)}, {"where": "all"}],
)
def test_a_finding_that_makes_no_sense_breaks_its_guard_and_not_the_answer(options: dict[str, Any]) -> None:
    policy = Policy([Post("odd", "question", "mask")], {"odd": named(f"{HERE}:Odd", options)})
    assert policy.rule("question", "text").broken == ("odd",)


def test_a_guard_is_called_as_the_settings_call_it() -> None:
    guard = named(f"{HERE}:Shouting", {})
    assert [(one.guard, one.what, one.sure) for one in guard.find("HELLO", NOTHING_ELSE)] == [
        (f"{HERE}:Shouting", "shouting", 0.7)
    ]


def test_a_guard_is_made_with_its_options() -> None:
    assert list(named(f"{HERE}:Shouting", {"least": 9}).find("HELLO", NOTHING_ELSE)) == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("moon", 'There is no guard "moon"'),
        ("no_such_package:Guard", "cannot be imported"),
        (f"{HERE}:Missing", "is not there"),
        (f"{HERE}:Nothing", "is no guard"),
    ],
)
def test_what_cannot_be_had_is_told(name: str, why: str) -> None:
    with pytest.raises(NoSuchGuard, match=why):
        named(name, {})


def test_a_guard_that_does_not_take_its_options_is_told() -> None:
    with pytest.raises(NoSuchGuard, match="cannot be made"):
        named(f"{HERE}:Shouting", {"most": 1})


def test_a_published_validator_finds_what_it_fails(answer_guard: AnswerGuard) -> None:  # guardrails is imported by it
    found = list(named(f"{HERE}:validator", {}).find("To the moon.", NOTHING_ELSE))
    assert [(one.what, one.why, one.where) for one in found] == [("validator", "It speaks of the moon.", (7, 11))]


def test_a_published_validator_that_passes_finds_nothing(answer_guard: AnswerGuard) -> None:
    assert list(named(f"{HERE}:validator", {}).find("To the sea.", NOTHING_ELSE)) == []
