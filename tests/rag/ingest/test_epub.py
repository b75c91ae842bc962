"""Books: chapters in the order of the spine."""

import zipfile
from io import BytesIO

import pytest

from rag.ingest.content import Unreadable
from rag.ingest.epub import read
from tests.rag.ingest.reading import path_of, texts

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def _book(chapters: dict[str, str], *, prolog: str = "", more: dict[str, str] | None = None) -> bytes:
    items = "".join(f'<item id="i{at}" href="{name}"/>' for at, name in enumerate(chapters))
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(len(chapters)))
    ncx = (
        '<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        if more and "OEBPS/toc.ncx" in more
        else ""
    )
    title = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">The pump</dc:title>'
    opf = (
        f'{prolog}<package xmlns="http://www.idpf.org/2007/opf"><metadata>{title}</metadata>'
        f"<manifest>{items}{ncx}</manifest><spine>{spine}</spine></package>"
    )
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER, "OEBPS/book.opf": opf}
    parts |= {f"OEBPS/{name}": text for name, text in chapters.items()}
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {
            **parts,
            **{f"OEBPS/{name}": text for name, text in chapters.items()},
            **(more or {}),
        }.items():
            package.writestr(name.replace("%20", " "), text)
    return stream.getvalue()


def test_chapters_follow_the_spine_and_are_sections() -> None:
    book = read(
        _book({"b.xhtml": "<h1>Second first</h1><p>One.</p>", "a%20b.xhtml": "<h1>Then</h1><p>Two.</p>"}), "a.epub"
    )
    assert (texts(book), book.title) == (["Second first", "One.", "Then", "Two."], "The pump")
    assert path_of(book, "Two") == ("Then",)


def test_a_chapter_without_a_heading_is_called_as_in_the_contents() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>Oil</text></navLabel>'
        '<content src="a.xhtml#x"/></navPoint></navMap></ncx>'
    )
    book = read(_book({"a.xhtml": "<p>Words.</p>"}, more={"OEBPS/toc.ncx": ncx}), "a.epub")
    assert path_of(book, "Words") == ("Oil",)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    chapter = f"{bomb}<html><p>Words &b; end</p></html>"
    assert "aaaa" not in read(_book({"a.xhtml": chapter}, prolog=bomb), "a.epub").text


def test_a_protected_book_says_so() -> None:
    rights = (
        '<encryption><EncryptedData><CipherData><CipherReference xmlns="http://www.w3.org/2001/04/xmlenc#"'
        ' URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>'
    )
    with pytest.raises(Unreadable, match=r"^a\.epub is copy-protected") as caught:
        read(_book({"a.xhtml": "x"}, more={"META-INF/encryption.xml": rights}), "a.epub")
    assert caught.value.kind == "encrypted"


def test_chapters_that_are_missing_or_lead_out_are_passed_over() -> None:
    book = read(_book({"../../etc/passwd": "x", "a.xhtml": "<p>Words.</p>"}), "a.epub")
    assert "Words." in book.text
