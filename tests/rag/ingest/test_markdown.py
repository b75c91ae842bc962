"""Markdown: rendered words only."""

from rag.ingest.markdown import read
from tests.rag.ingest.reading import path_of, texts


def test_links_give_their_words_and_pictures_nothing() -> None:
    data = b"See [the *guide*](https://example.com/x) ![logo](logo.png) now."
    assert texts(read(data, "a.md")) == ["See the guide now."]


def test_headings_give_the_path() -> None:
    document = read(b"# Leave\n\n## Sick leave\n\nThree days.", "a.md")
    assert (path_of(document, "Three"), document.title) == (("Leave", "Sick leave"), "Leave")


def test_front_matter_gives_only_the_title() -> None:
    document = read(b'---\ntitle: "Prices"\ndraft: true\n---\nWords.', "a.md")
    assert (document.title, document.text) == ("Prices", "Words.")


def test_rows_of_a_table_stand_alone() -> None:
    data = b"| Item | Price |\n|---|---|\n| **Socks** | 8.50 |\n| Hat | |\n"
    assert texts(read(data, "a.md"), "row") == ["Item: Socks · Price: 8.50", "Item: Hat"]


def test_listings_keep_their_indentation() -> None:
    assert texts(read(b"```python\nif x:\n    y()\n```", "a.md"), "code") == ["if x:\n    y()"]


def test_raw_html_gives_what_can_be_seen_of_it() -> None:
    data = b"<!-- secret -->\n\n<p hidden>gone</p>\n<p>kept</p>\n\nA<br>B <b>bold</b>\n"
    assert read(data, "a.md").text == "kept\n\nA\nB bold"


def test_items_of_a_list_are_blocks() -> None:
    assert texts(read(b"- one\n- two\n  wrapped\n", "a.md")) == ["one", "two wrapped"]


def test_links_by_reference_give_their_words() -> None:
    assert read(b"See [the guide][1] \\[1].\n\n[1]: https://example.com\n", "a.md").text == "See the guide [1]."


def test_thousands_of_open_brackets_are_read_as_they_stand() -> None:
    assert read(b"[" * 300_000, "a.md").text == "[" * 300_000
