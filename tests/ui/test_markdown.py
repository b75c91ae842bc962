"""Texts of others are shown as words: a browser fetches nothing for them, and nothing in them does anything."""

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.judge import addresses, alive, shown, symbols, tokens
from ui import markdown

ROOT = Path(__file__).parents[2]
ATTACKS = [
    "![x](https://evil.example/x.png)",
    "![x](<https://evil.example/x.png>)",
    "![a\nb](https://evil.example/x.png)",
    "![a [b] c](https://evil.example/x.png)",
    "![a[b](c)](https://evil.example/x.png)",
    "![x](https://evil.example/x.png 'two\nlines')",
    "![x](data:image/png;base64,AAAA)",
    "![x][1]\n\n[1]: https://evil.example/x.png",
    "![x][r]\n\n> [r]: https://evil.example/x.png",
    "![r]\n\n- [r]: https://evil.example/x.png",
    "[![x](https://evil.example/x.png)](https://evil.example)",
    "[x](https://evil.example)",
    "[x](\nhttps://evil.example)",
    "[x](https://evil.example 'two\nlines')",
    "[x](<//evil.example>)",
    "[x](javascript:alert(1))",
    "[](https://evil.example)",
    "[x](https://[evil)",
    "[x](https://\u2100.example)",
    "[a [b] c](https://evil.example)",
    "[a[b](c)](https://evil.example)",
    "[a\\]b](https://evil.example)",
    "[a\nb](https://evil.example)",
    "[x][r]\n\n[r]: https://evil.example",
    "[r]\n\n[r]:\nhttps://evil.example",
    "[r]\n\n> [r]: https://evil.example",
    "[r\\]]\n\n[r\\]]: https://evil.example",
    "[1]\n\n> [1]: https://evil.example",
    "<https://evil.example>",
    "<http:evil.example>",
    "<mailto:x@evil.example>",
    "<x@evil.example>",
    "<img src=x onerror=alert(1)>",
    "$x^2$ and $$y$$",
    r"\$x^2\$",
    r"\\$x$",
    ":red[x] :small[x] :blue-background[x]",
    r"\:red[x] \\:red[x]",
    ":material/home: :smile: :+1:",
]
PIECES = [
    *("[", "]", "(", ")", "![", "](", "]:", "][", "<", ">", "\\", "`", "```\n", "$", "$$", ":", "|", "!", '"', "'"),
    *("\n", "\n\n", " ", "    ", "\t", "> ", "- ", "1. ", "# ", "*", "_", "~~", "---\n", "\r\n"),
    *("https://evil.example/x.png", "javascript:alert(1)", "data:image/png,x", "www.evil.example", "x@evil.example"),
    *("&#91;", "&colon;", "&lt;", "&#36;", ":red[", ":smile:", ":material/home:", "<img src=x>", "[1]", "[^1]:", "1"),
    *("word", "r", "é", "\u202e", "\u200d", "😀"),
]
ADDRESSES = ["see https://evil.example/x", "HTTP://evil.example", "Www.evil.example", "x@evil.example"]
FENCED = "```\ncurl https://host.example/$USER -d '[1] :smile: <x>' \\\n```"


def mixtures(seed: int, count: int = 400) -> list[str]:
    """Random strings of the pieces that mean something to a Markdown parser."""
    chance = random.Random(seed)
    return ["".join(chance.choices(PIECES, k=chance.randint(2, 14))) for _ in range(count)]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_answer_links_and_loads_nothing(attack: str) -> None:
    assert alive(markdown.answer(attack)) == []


@pytest.mark.parametrize("seed", range(10))
def test_no_mixture_in_an_answer_links_or_loads_anything(seed: int) -> None:
    broken = {text: found for text in mixtures(seed) if (found := alive(markdown.answer(text)))}

    assert broken == {}


@pytest.mark.parametrize("attack", ATTACKS)
def test_quoted_words_link_and_load_nothing(attack: str) -> None:
    assert alive(markdown.quoted(attack)) == []


@pytest.mark.parametrize("address", [*ADDRESSES, "http:&#47;&#47;evil.example"])
@pytest.mark.parametrize("show", [markdown.answer, markdown.plain, markdown.quoted])
def test_an_address_in_a_text_is_not_made_a_link(show, address: str) -> None:
    assert addresses(show(address)) == []


@pytest.mark.parametrize("text", ["a -> b", "a <- b", "a -- b", "a >= 3", "a ~= b"])
def test_a_document_keeps_its_arrows(text: str) -> None:
    assert symbols(markdown.plain(text)) == []


@pytest.mark.parametrize("text", ["**bold** and *italic*", "- one\n- two", "| a | b |\n|:--|--:|\n| 1 | 2 |", "~~no~~"])
def test_an_answer_keeps_its_form(text: str) -> None:
    assert [t.type for t in tokens(markdown.answer(text))] == [t.type for t in tokens(text)]


def test_an_answer_keeps_the_words_of_a_link_and_tells_where_it_went() -> None:
    assert shown(markdown.answer("See [the rules](https://host.example/rules).")) == "See the rules (host.example)."


@pytest.mark.parametrize("text", ["$5 to $6", "Note: at 10:30, see :a:", "a < b > c", r"a \ b", "f[i] & g"])
def test_an_answer_shows_signs_as_they_are(text: str) -> None:
    assert shown(markdown.answer(text)) == text


def test_an_answer_shows_code_as_it_is() -> None:
    assert shown(markdown.answer(FENCED)) == shown(FENCED)


def test_code_in_a_line_is_not_made_a_link() -> None:
    assert addresses(markdown.answer("Call `https://evil.example/$x[1]` now.")) == []


def test_an_answer_shows_code_in_a_line_as_it_is() -> None:
    assert shown(markdown.answer("Call `https://host.example/$a[1]` now.")) == shown(
        "Call `https://host.example/$a[1]` now."
    )


def test_an_answer_draws_no_diagrams() -> None:
    """Streamlit would load Mermaid for it, half a megabyte and more of script."""
    assert [t.info for t in tokens(markdown.answer("```mermaid\ngraph TD; A-->B\n```"))] == [""]


@pytest.mark.parametrize("show", [markdown.answer, markdown.quoted])
def test_footnote_numbers_become_badges(show) -> None:
    badges = re.findall(r"(?<!\\):blue-badge\[(\d+)\]", show("It is so [1][12]."))

    assert badges == ["1", "12"]


@pytest.mark.parametrize("show", [markdown.answer, markdown.quoted])
def test_a_number_behind_a_backslash_is_a_number_still(show) -> None:
    assert "&nbsp;" not in shown(show(r"so \[1]"))


@pytest.mark.parametrize("seed", range(10))
def test_nothing_in_plain_text_is_read_as_markdown(seed: int) -> None:
    kinds = {"paragraph_open", "paragraph_close", "text", "text_special", "softbreak", "hardbreak"}
    broken = {text: odd for text in mixtures(seed) if (odd := {t.type for t in tokens(markdown.plain(text))} - kinds)}

    assert broken == {}


@pytest.mark.parametrize("seed", range(10))
def test_plain_text_loses_no_word(seed: int) -> None:
    broken = [text for text in mixtures(seed) if shown(markdown.plain(text)).split() != text.split()]

    assert broken == []


@pytest.mark.parametrize(
    "text", ["first\nsecond", "first\r\nsecond", "first\\\nsecond", "# first\n- second\n\n    third"]
)
def test_plain_text_keeps_its_lines(text: str) -> None:
    lines = shown(markdown.plain(text)).split("\n")

    assert [line.strip() for line in lines if line] == [line.strip() for line in text.splitlines() if line]


@pytest.mark.parametrize("sign", ["[a](", "[", "![", " ", "`a", "```\n", ":a", "[a](b"])
def test_twenty_thousand_signs_do_not_hold_up_a_page(sign: str) -> None:
    """In a process of its own, which can be ended: some patterns would search for hours."""
    text = sign * (20_000 // len(sign))
    program = (
        f"from ui import markdown; [show({text!r}) for show in (markdown.answer, markdown.plain, markdown.quoted)]"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, timeout=30)
    assert done.returncode == 0
