"""The policy: who looks where, what follows, and what becomes of guards that break."""

import threading
from collections.abc import Iterable, Iterator

import pytest

from guards import verdicts
from guards.guard import NOTHING_ELSE, Context
from guards.policy import Policy, Post
from guards.verdicts import Acted, Finding, Ruling, Stand
from store import records


class Words:
    """Finds words, each as sure as it is told."""

    name = "words"

    def __init__(self, **sure: float) -> None:
        self._sure = sure

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        for word, sure in self._sure.items():
            if (at := text.find(word)) >= 0:
                yield Finding(self.name, word, f"It says {word}.", (at, at + len(word)), sure)


class Broken:
    name = "broken"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        raise RuntimeError(text)


class Slow:
    name = "slow"

    def __init__(self) -> None:
        self.asked, self.go_on = 0, threading.Event()

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        self.asked += 1
        self.go_on.wait(20)
        return ()


@pytest.fixture
def slow() -> Iterator[Slow]:
    guard = Slow()
    yield guard
    guard.go_on.set()


def test_a_text_in_which_nobody_finds_anything_is_allowed() -> None:
    ruling = Policy([Post("words", "question", "refuse")], {"words": Words(bad=1)}).rule("question", "good")
    assert (ruling.action, ruling.acted, ruling.broken) == ("allow", (), ())


def test_each_finding_has_its_action_and_the_hardest_is_that_of_the_text() -> None:
    posts = [Post("mild", "question", "flag"), Post("hard", "question", "refuse"), Post("mask", "question", "mask")]
    guards = {"mild": Words(a=1), "hard": Words(b=1), "mask": Words(c=1)}
    ruling = Policy(posts, guards).rule("question", "a b c")
    assert [(one.finding.what, one.action) for one in ruling.acted] == [("a", "flag"), ("b", "refuse"), ("c", "mask")]
    assert (ruling.action, [finding.where for finding in ruling.doing("mask")]) == ("refuse", [(4, 5)])


def test_what_a_guard_is_not_sure_enough_of_is_left_out() -> None:
    policy = Policy([Post("words", "answer", "flag", threshold=0.6)], {"words": Words(sure=0.6, unsure=0.59)})
    assert [finding.what for finding in policy.rule("answer", "unsure, sure").doing("flag")] == ["sure"]


def test_a_guard_looks_only_where_it_stands() -> None:
    policy = Policy([Post("words", "question", "flag"), Post("words", "passage", "allow")], {"words": Words(bad=1)})
    assert [policy.rule(stand, "bad").action for stand in ("question", "answer", "passage")] == [
        "flag",
        "allow",
        "allow",
    ]
    assert [policy.stands(stand) for stand in ("question", "passage")] == [True, False]


@pytest.mark.parametrize(("when_broken", "action"), [("open", "allow"), ("closed", "refuse")])
def test_a_guard_that_breaks_follows_its_way(when_broken: str, action: str, caplog: pytest.LogCaptureFixture) -> None:
    posts = [Post("broken", "question", "refuse", when_broken=when_broken), Post("words", "question", "flag")]  # type: ignore[arg-type]
    ruling = Policy(posts, {"broken": Broken(), "words": Words(bad=1)}).rule("question", "a secret")
    assert (ruling.action, ruling.broken) == (action, ("broken",))
    assert "The guard broken failed" in caplog.text


def test_a_guard_that_takes_too_long_is_left_behind_and_not_asked_until_it_comes_back(slow: Slow) -> None:
    policy = Policy([Post("slow", "question", "refuse", time_limit_s=0.05)], {"slow": slow})
    assert [policy.rule("question", "?").broken for _ in range(2)] == [("slow",), ("slow",)]
    assert slow.asked == 1
    slow.go_on.set()
    while policy.rule("question", "?").broken:
        threading.Event().wait(0.01)
    assert slow.asked == 2


def test_others_are_heard_while_one_is_slow(slow: Slow) -> None:
    posts = [Post("slow", "question", "refuse", time_limit_s=0.05), Post("words", "question", "flag")]
    ruling = Policy(posts, {"slow": slow, "words": Words(bad=1)}).rule("question", "bad", NOTHING_ELSE)
    assert (ruling.action, ruling.broken) == ("flag", ("slow",))


def test_a_guard_that_does_not_exist_is_not_overlooked() -> None:
    with pytest.raises(KeyError, match="misspelt"):
        Policy([Post("misspelt", "question", "flag")], {"words": Words()})


@pytest.mark.parametrize(("stand", "action"), [("question", "refuse"), ("passage", "refuse"), ("answer", "mask")])
def test_a_question_that_would_be_masked_as_a_whole_is_refused(stand: Stand, action: str) -> None:
    post = Post("broken", stand, "mask", when_broken="closed")
    assert Policy([post], {"broken": Broken()}).rule(stand, "a secret").action == action


class Where:
    """Finds where it stands."""

    name = "where"

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        yield Finding(self.name, context.stand, "It stands there.")


def test_a_guard_is_told_where_it_stands() -> None:
    policy = Policy([Post("where", "question", "flag"), Post("where", "document", "flag")], {"where": Where()})
    assert [policy.rule(stand, "text").acted[0].finding.what for stand in ("question", "document")] == [
        "question",
        "document",
    ]


def test_of_a_guard_that_speaks_of_the_whole_text_no_details_are_told() -> None:
    findings = (
        Finding("a", "x", "A detail.", (0, 1)),
        Finding("a", "y", "All of it."),
        Finding("b", "z", "Other.", (0, 1)),
    )
    ruling = Ruling("refuse", tuple(Acted(one, "refuse") for one in findings))
    assert ruling.words("refuse") == "All of it. Other."


def test_guards_and_what_is_stored_of_them_speak_of_the_same() -> None:
    """`store/` imports nothing of ours, so it has these words once more."""
    assert (verdicts.STOPPING, verdicts.BROKEN) == (records.STOPPING, records.BROKEN)


def test_a_guard_that_was_asked_already_is_left_out() -> None:
    policy = Policy([Post("words", "stream", "mask")], {"words": Words(bad=1)})
    assert policy.rule("stream", "bad", without={"words"}).acted == ()
