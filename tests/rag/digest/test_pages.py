"""The pages of a report: whole, harmless, and without anything to fetch."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rag.cli import digesting
from rag.digest import html, markdown
from rag.settings import Settings
from tests.rag.digest.conftest import LAST, Of, Say

LINK = "https://ask.example.org"
HOSTILE = '</title><script>alert("1")</script> [x](javascript:alert(1)) | `a` <img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    """The tags of a page, and what they point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.addresses: set[str] = set()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        for name, value in attrs:
            if name in ("src", "href", "action", "xlink:href"):
                self.addresses.add(value or "")
            self.ids += [value or ""] if name == "id" else []


@pytest.fixture
def rated(say: Say) -> int:
    for _ in range(11):
        say(rating=1)
    return say(question=HOSTILE, rating=-1, comment="No.")


def test_html_of_hostile_words_runs_nothing(rated: int, of: Of) -> None:
    page = html.page(of(), LINK)
    tags = Tags(page)
    assert tags.names & {"script", "img", "iframe", "link", "object"} == set()
    assert {address for address in tags.addresses if not address.startswith("#")} == {f"{LINK}/review?item={rated}"}
    assert "&lt;script&gt;" in page


def test_html_fetches_nothing(rated: int, of: Of) -> None:
    page = html.page(of(), LINK)
    named = set(re.findall(r"https?://[\w.]+", page)) - {"http://www.w3.org", LINK}
    assert (named, "@import" in page, "url(http" in page) == (set(), False, False)


def test_the_charts_of_one_page_do_not_share_names(rated: int, of: Of) -> None:
    tags = Tags(html.page(of(), LINK))
    assert ("svg" in tags.names, len(tags.ids)) == (True, len(set(tags.ids)))


def test_markdown_of_hostile_words_is_read_as_words(rated: int, of: Of) -> None:
    page = markdown.page(of(), LINK)
    assert "<script" not in page.replace("\\<script", "")
    assert "](javascript:" not in page.replace("\\](javascript:", "")
    assert f"]({LINK}/review?item={rated})" in page


@pytest.mark.parametrize(
    ("words", "told"),
    [("- a", "\\- a"), ("1. a", "1\\. a"), ("# a", "\\# a"), ("a-b (c) 2.0", "a-b (c) 2.0"), ("a\n# b", "a # b")],
)
def test_signs_that_begin_a_line_of_markdown_are_words(words: str, told: str) -> None:
    assert markdown.plain(words) == told


def test_both_say_that_nothing_was_asked(of: Of) -> None:
    for page in (html.page(of(), LINK), markdown.page(of(), LINK)):
        assert "Nothing was asked in these days." in page
        assert "All figures" not in page


def test_the_command_writes_both(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digesting.write(settings, weeks=1, until=LAST, folder=tmp_path / "new", link="") == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["digest-2026-06-14.html", "digest-2026-06-14.md"]
    assert "digest-2026-06-14.html" in capsys.readouterr().out
