"""Plain text: encodings, wrapped lines, headings."""

import pytest

from rag.ingest.plain import decoded, read
from tests.rag.ingest.reading import path_of, texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    words = "Das Büro öffnet um acht Uhr; Gäste müssen sich im Foyer anmelden und bekommen einen Schlüssel."
    assert decoded(words.encode(encoding)) == words


def test_a_short_western_file_is_read() -> None:
    assert decoded("Größe".encode("cp1252")) == "Größe"


def test_wrapped_lines_are_joined() -> None:
    data = (
        b"The warranty of the pump lasts for twenty-four months from\nthe day of delivery to the customer, no\nlonger."
    )
    assert texts(read(data, "a.txt")) == [data.decode().replace("\n", " ")]


def test_an_address_keeps_its_lines() -> None:
    data = b"Larkspur Ltd\n7 Tannery Lane\nHexford"
    assert texts(read(data, "a.txt")) == [data.decode()]


def test_items_of_a_list_keep_their_lines() -> None:
    items = "- Order six hundred battery packs before the end of the year\n- Write the checklist for the move"
    assert texts(read(items.encode(), "a.txt")) == [items]


def test_labelled_lines_stay_apart() -> None:
    lines = "Present: Maren Oldfield, Tobias Quill, Odette Marchand, Linnea\nMinutes: Bea Kowalczyk, as always"
    assert texts(read(lines.encode(), "a.txt")) == [lines]


def test_headings_are_underlined_numbered_or_in_capitals() -> None:
    data = b"Handbook\n========\n\nLEAVE POLICY\n\n1. Days off\n\nTwenty-five days."
    assert path_of(read(data, "a.txt"), "Twenty") == ("Handbook", "1. Days off")
    assert texts(read(data, "a.txt"), "heading") == ["Handbook", "LEAVE POLICY", "1. Days off"]


def test_a_sentence_in_capitals_is_no_heading() -> None:
    assert texts(read(b"Intro.\n\nDO NOT OPEN THE BOX.\n\nMore.", "a.txt"), "heading") == []
