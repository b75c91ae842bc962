"""Text before it is shown."""

from collections.abc import Iterable

import pytest

from guards.guard import NOTHING_ELSE, Context, Watching
from guards.holding import LONGEST, Holding
from guards.leak import Leak
from guards.links import Links
from guards.policy import Policy, Post
from guards.verdicts import Finding, masked


class Rude:
    name = "rude"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        if (at := text.find("damn")) >= 0:
            yield Finding(self.name, "rude word", "It is rude.", (at, at + 4))


def clauses(*deltas: str) -> list[str]:
    policy = Policy([Post("rude", "stream", "mask")], {"rude": Rude()})
    holding = Holding([], lambda text, context: policy.rule("stream", text, context), NOTHING_ELSE)
    return [*(holding.feed(delta) for delta in deltas), holding.rest()]


def test_without_guards_nothing_is_held() -> None:
    assert Holding([], None, NOTHING_ELSE).feed("half a wo") == "half a wo"


def test_other_guards_are_asked_a_clause_at_a_time() -> None:
    assert clauses("It is da", "mn cold, ", "I", " say") == ["", "It is ⟨rude word hidden⟩ cold,", "", "", " I say"]


@pytest.mark.parametrize(("guard", "context"), [(Links(), NOTHING_ELSE), (Leak(), Context(canary="1a2b3c4d"))])
def test_a_footnotes_mark_is_shown_whole_or_not_at_all(guard: Watching, context: Context) -> None:
    """Its bracket may begin a link's address, its number the canary."""
    holding = Holding([guard], None, context)
    shown = [holding.feed(delta) for delta in ("It is lit", " [1]", " And then", " [1]")] + [holding.rest()]
    assert shown == ["It is lit", "", " [1] And then", "", " [1]"]


def test_a_clause_without_end_is_shown_in_the_end() -> None:
    assert clauses("a" * (LONGEST + 1)) == ["a" * (LONGEST + 1), ""]


def test_what_was_found_is_remembered() -> None:
    policy = Policy([Post("rude", "stream", "mask")], {"rude": Rude()})
    holding = Holding([], lambda text, context: policy.rule("stream", text, context), NOTHING_ELSE)
    holding.feed("Good. A damn cold.")
    assert [finding.what for finding in holding.found] == ["rude word"]


def test_overlapping_places_are_hidden_once() -> None:
    findings = (Finding("a", "x", "", (2, 5)), Finding("a", "y", "", (4, 8)), Finding("a", "z", "", (12, 13)))
    assert masked("0123456789", findings) == "01⟨x hidden⟩89"


def test_a_finding_without_a_place_hides_all_of_it() -> None:
    findings = (Finding("a", "x", "", (2, 5)), Finding("a", "rudeness", ""))
    assert (masked("0123456789", findings), masked("", findings)) == ("⟨rudeness hidden⟩", "")


class Whole:
    """Finds that all of a text is rude, and fails on some."""

    name = "rude"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        if "fail" in text:
            raise RuntimeError
        if "damn" in text:
            yield Finding(self.name, "rudeness", "It is rude.")


def test_a_clause_that_is_rude_as_a_whole_is_hidden() -> None:
    policy = Policy([Post("rude", "stream", "refuse")], {"rude": Whole()})
    holding = Holding([], lambda text, context: policy.rule("stream", text, context), NOTHING_ELSE)
    assert holding.feed("Damn, damn it. ") + holding.feed("Yes. ") == "⟨rudeness hidden⟩ Yes."


def test_what_is_only_flagged_is_shown_and_told_as_are_guards_that_broke() -> None:
    policy = Policy([Post("rude", "stream", "flag")], {"rude": Whole()})
    holding = Holding([], lambda text, context: policy.rule("stream", text, context), NOTHING_ELSE)
    assert holding.feed("Damn.") + holding.feed(" A damn. It fails.") == "Damn. A damn. It fails."
    ruling = holding.ruling
    assert ruling is not None
    assert (ruling.action, ruling.broken) == ("allow", ("rude",))


def test_a_word_in_pieces_is_no_beginning() -> None:
    holding = Holding([Links()], None, NOTHING_ELSE)
    assert holding.feed("The meta") + holding.feed("data:value of it") == "The metadata:value of it"
