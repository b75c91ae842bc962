"""Links that may be followed: those that stand in a document the answer cites, with their host in sight."""

import random

import pytest

from tests.ui.judge import tokens
from tests.ui.test_markdown import ATTACKS, PIECES
from ui import links, markdown

RULES = "https://host.example/rules?a=1"
SOURCE = f"The rules stand at {RULES}. See also <https://host.example/x_(y)> and https://host.example/long/way."


def followed(text: str, source: str = SOURCE) -> list[str]:
    """Where a click on the shown answer may lead."""
    shown = markdown.answer(text, linked=links.standing(text, [source]))
    return [str(token.attrs["href"]) for token in tokens(shown) if token.type == "link_open"]


@pytest.mark.parametrize(
    "text", [f"See [the rules]({RULES}).", f"See {RULES}.", f"See [it](<{RULES}>)!", f"**{RULES}**", f"- {RULES}, too"]
)
def test_an_address_that_stands_in_the_source_can_be_followed(text: str) -> None:
    assert followed(text) == [RULES]


@pytest.mark.parametrize(
    "to",
    [
        f"{RULES}&stolen=1",
        "https://host.example/rules",  # the beginning of one that stands there
        "https://host.example/long",
        "https://evil.example",
        "http://host.example/rules?a=1",
        "https://host.example@evil.example/rules?a=1",
        "https://hоst.example/rules?a=1",  # a Cyrillic letter
        "javascript:alert(1)",
        "data:text/html,x",
        "//host.example/rules?a=1",
        "mailto:x@host.example",
    ],
)
def test_any_other_address_leads_nowhere(to: str) -> None:
    assert followed(f"See [the rules]({to}) and {to} and <{to}>.") == []


def test_the_host_is_told_whatever_the_words_say() -> None:
    shown = markdown.answer(f"[https://bank.example]({RULES})", linked=[RULES])
    assert shown.endswith(rf"](<{RULES}>) (host\.example)")


def test_words_of_a_link_bring_nothing_to_life() -> None:
    shown = markdown.answer(f"[![x](y) :red[z] $x$]({RULES})", linked=[RULES])
    assert [t.type for t in tokens(shown) if t.type in ("image", "math", "directive")] == []


def test_code_is_never_a_link() -> None:
    assert followed(f"Run `curl {RULES}` or\n\n```\ncurl {RULES}\n```") == []


def test_a_documents_own_words_keep_their_links() -> None:
    text = f"The rules stand at {RULES}. [1]"
    shown = markdown.quoted(text, linked=links.standing(text, [SOURCE]))
    assert [token.attrs["href"] for token in tokens(shown) if token.type == "link_open"] == [RULES]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_beside_a_good_link_stays_dead(attack: str) -> None:
    assert set(followed(f"{attack}\n\n{RULES} {attack}")) <= {RULES}


def test_no_mixture_leads_anywhere_else() -> None:
    chance = random.Random(7)
    pieces = [*PIECES, RULES, f"[x]({RULES})", f"<{RULES}>"]
    for _ in range(600):
        text = "".join(chance.choices(pieces, k=chance.randint(2, 12)))
        assert set(followed(text)) <= {RULES}, text


def test_a_link_in_quoted_words_keeps_the_spaces_around_it() -> None:
    words = markdown.quoted(f"The rules stand at {RULES} since May.", linked=[RULES])
    assert "stand at [" in words
    assert f"(<{RULES}>)" in words
    assert words.rsplit(">)", 1)[1].replace("\u00a0", " ").startswith(" since May")
