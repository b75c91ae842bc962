"""Keys and passwords of machines: found by the marks of their makers, whole and in the making."""

import random
import string

import pytest

from guards.guard import NOTHING_ELSE
from guards.holding import Holding
from guards.secrets import Secrets

A, D = "aB3" * 20, "0123456789"
KEYS = [
    f"sk-proj-{A[:48]}",
    f"sk_live_{A[:24]}",
    f"ghp_{A[:36]}",
    f"github_pat_{A[:50]}",
    f"xoxb-{D}-{D}",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    f"AIza{A[:35]}",
    f"hf_{A[:34]}",
    f"eyJ{A[:20]}.eyJ{A[:30]}.{A[:43]}",
    f"-----BEGIN RSA PRIVATE KEY-----\n{A}\n{A}\n-----END RSA PRIVATE KEY-----",
]


def found(text: str) -> list[str]:
    return [text[slice(*one.where)] for one in Secrets().find(text, NOTHING_ELSE) if one.where]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:8])
def test_a_key_is_found_whole(key: str) -> None:
    assert found(f"Set the key to {key}, then restart.") == [key]


def test_a_password_in_an_address_is_found() -> None:
    assert found("Use postgres://app:s3cret@db/main for it.") == ["app:s3cret"]


@pytest.mark.parametrize(
    "text",
    [
        "How do I set my API key?",
        "The key sk-1 opens the shed; risk-averse people ask for it.",
        "Write to the desk: it is at https://example.org:8080/a@b.",
        "AKIA stands for a key id. AIza does too. eyJ begins a token.",
        "ghp is no word, and hf_model is a name",
    ],
)
def test_talk_about_keys_is_no_key(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key[:8])
def test_a_stream_never_shows_a_key_however_it_is_cut(key: str) -> None:
    text, chance = f"The key is {key} and that is all.", random.Random(key)
    holding, shown, at = Holding([Secrets()], None, NOTHING_ELSE), "", 0
    while at < len(text):
        step = chance.randint(1, 9)
        shown += holding.feed(text[at : at + step])
        at += step
    assert shown + holding.rest() == "The key is ⟨secret key hidden⟩ and that is all."


def test_plain_words_are_hardly_held() -> None:
    holding, words = Holding([Secrets()], None, NOTHING_ELSE), "the quick brown fox jumps over a lazy dog. " * 5
    shown = "".join(holding.feed(sign) for sign in words)
    assert len(words) - len(shown) == 0


def test_any_text_is_read_in_the_end() -> None:
    chance = random.Random(7)
    for _ in range(200):
        text = "".join(chance.choice(string.ascii_letters + "-_:/@. \n=+") for _ in range(300))
        assert Secrets().forming(text, NOTHING_ELSE) <= len(text)
        assert all(0 <= one.where[0] < one.where[1] for one in Secrets().find(text, NOTHING_ELSE) if one.where)


def test_long_beginnings_cost_no_time() -> None:
    for text in ("eyJ" + "a" * 20_000, "-----BEGIN " * 2_000, "sk-" * 7_000, "://" * 7_000):
        assert list(Secrets().find(text, NOTHING_ELSE)) is not None
        assert Secrets().forming(text, NOTHING_ELSE) <= len(text)
