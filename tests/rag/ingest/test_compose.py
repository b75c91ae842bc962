"""Blocks and text stay in step."""

import pytest

from rag.ingest import compose
from rag.ingest.compose import Composer
from rag.ingest.content import Unreadable
from tests.rag.ingest.reading import path_of, texts


def test_spans_give_the_blocks_words() -> None:
    composer = Composer("a.md")
    composer.heading(1, "Fees")
    composer.text("First.")
    composer.table(["Item", "Price"], [["Socks", "8.50"], ["Hat", ""]])
    document = composer.finish()
    assert texts(document) == ["Fees", "First.", "Item: Socks · Price: 8.50", "Item: Hat"]


def test_blocks_are_parted_by_blank_lines_and_rows_by_line_breaks() -> None:
    composer = Composer("a.md")
    composer.text("Before.")
    composer.table([], [["a", "b"], ["c", "d"]])
    composer.text("After.")
    assert composer.finish().text == "Before.\n\na: b\nc: d\n\nAfter."


def test_two_tables_are_parted_by_a_blank_line() -> None:
    composer = Composer("a.md")
    composer.table([], [["a", "b"]])
    composer.table([], [["c", "d"]])
    assert composer.finish().text == "a: b\n\nc: d"


def test_a_heading_closes_those_of_its_level_and_below() -> None:
    composer = Composer("a.md")
    for level, title in [(1, "A"), (3, "B"), (2, "C")]:
        composer.heading(level, title)
    composer.text("words")
    assert path_of(composer.finish(), "words") == ("A", "C")


def test_the_title_falls_back_to_the_first_heading_then_to_the_name() -> None:
    with_heading, without = Composer("a.md"), Composer("folder/price list.md")
    with_heading.heading(1, "Prices")
    without.text("words")
    assert (with_heading.finish().title, without.finish().title) == ("Prices", "price list")


def test_a_file_without_words_is_empty() -> None:
    with pytest.raises(Unreadable, match=r"a\.md has no text") as caught:
        Composer("a.md").finish()
    assert caught.value.kind == "empty"


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "MAX_CHARACTERS", 10)
    with pytest.raises(Unreadable) as caught:
        Composer("a.md").text("eleven letters")
    assert caught.value.kind == "too_large"
