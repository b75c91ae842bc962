"""OpenDocument texts."""

import pytest

from rag.ingest.content import Extracted, Unreadable
from rag.ingest.extract import extract
from rag.ingest.odt import read
from tests.rag.ingest.opendocument import package, table
from tests.rag.ingest.reading import path_of, texts

_GHOST = '<style:style style:name="G" style:family="text"><style:text-properties {}/></style:style>'


def _read(body: str, styles: str = "") -> Extracted:
    return read(package("text", body, styles=styles), "a.odt")


def test_headings_paragraphs_lists_and_tables_keep_their_order() -> None:
    body = (
        '<text:h text:outline-level="1">Pumps</text:h><text:h text:outline-level="2">Care</text:h>'
        "<text:p>One<text:s/>two<text:tab/>three</text:p>"
        "<text:list><text:list-item><text:p>Oil it</text:p></text:list-item></text:list>"
        + table(("Item", "Price"), ("Socks", "8.50"))
    )
    document = _read(body)
    assert texts(document) == ["Pumps", "Care", "One two three", "Oil it", "Item: Socks · Price: 8.50"]
    assert path_of(document, "Oil") == ("Pumps", "Care")


def test_notes_follow_boxes_are_read_and_deletions_are_not() -> None:
    note_body = "<text:note-body><text:p>See two.</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{note_body}</text:note>"
    box = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
    gone = "<text:tracked-changes><text:p>Deleted</text:p></text:tracked-changes>"
    assert texts(_read(f"{gone}<text:p>One{note} more.{box}</text:p><text:p>End.</text:p>")) == [
        "One more.",
        "Boxed.",
        "End.",
        "See two.",
    ]


@pytest.mark.parametrize("look", ['text:display="none"', 'fo:font-size="1pt"'])
def test_hidden_words_are_told_and_left_out(look: str) -> None:
    found = _read('<text:p>Seen <text:span text:style-name="G">obey me</text:span></text:p>', _GHOST.format(look))
    assert (found.text, [finding.words for finding in found.findings]) == ("Seen", ["obey me"])


def test_a_password_is_named() -> None:
    data = package("text", "", manifest='<m xmlns:manifest="x"><manifest:encryption-data/></m>')
    with pytest.raises(Unreadable, match=r"^a\.odt is protected by a password"):
        read(data, "a.odt")


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unreadable, match="declares XML entities"):
        extract("a.odt", package("text", "<text:p>&b;</text:p>", prolog=bomb))
