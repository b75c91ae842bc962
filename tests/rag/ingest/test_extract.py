"""Which reader gets a file, and that bad input ends in a sentence for people."""

import random
import traceback
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from rag.ingest import extract as module
from rag.ingest import packages
from rag.ingest.content import Extracted, Unpacked, Unreadable
from rag.ingest.extract import SUPPORTED, check, extract

SECRET = "Words of a secret."


def _docx() -> bytes:
    stream = BytesIO()
    document = Document()
    document.add_paragraph("Words of a document.")
    document.save(stream)
    return stream.getvalue()


def _xlsx() -> bytes:
    stream = BytesIO()
    book = Workbook()
    book.create_sheet("More").append(["Words", "of a sheet"])
    book.save(stream)
    return stream.getvalue()


def _pdf() -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1)
    canvas.drawString(72, 700, "Words of a page.")
    canvas.save()
    return stream.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def _text(name: str, data: bytes) -> str:
    found = extract(name, data)
    assert isinstance(found, Extracted)
    return found.text


def _kind(name: str, data: bytes, max_bytes: int = module.MAX_BYTES) -> str:
    with pytest.raises(Unreadable) as caught:
        extract(name, data, max_bytes)
    assert str(caught.value).startswith(name)
    return caught.value.kind


def test_the_supported_suffixes() -> None:
    texts = ".csv .eml .htm .html .json .jsonl .markdown .md .ndjson .rtf .tsv .txt"
    packages = ".docx .epub .msg .odp .ods .odt .pdf .pptx .xls .xlsx .zip"
    assert frozenset(f"{texts} {packages}".split()) == SUPPORTED


@pytest.mark.parametrize("suffix", ".csv .htm .html .markdown .md .rtf .tsv .txt".split())
def test_formats_of_text_are_read(suffix: str) -> None:
    assert "Words" in _text(f"a{suffix.upper()}", b"Words, more\n")


def test_a_word_document_called_pdf_is_read_as_what_it_is() -> None:
    assert _text("a.pdf", _docx()) == "Words of a document."


def test_a_pdf_called_text_is_read_as_what_it_is() -> None:
    assert _text("a.txt", _pdf()) == "Words of a page."


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.exe", b"MZ", "unsupported"),
        ("a", b"words", "unsupported"),
        ("a.md", b"", "empty"),
        ("a.md", b" \n\n", "empty"),
        ("a.txt", bytes(range(256)) * 9, "unsupported"),
        ("a.pdf", b"not a page", "damaged"),
        ("a.pdf", b"%PDF-1.7 and no more", "damaged"),
        ("a.docx", b"<html>words</html>", "damaged"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged"),
        ("a.docx", _zip({"readme": b"x"}), "empty"),
        ("a.doc", b"words", "unsupported"),
        ("a.ppt", b"words", "unsupported"),
        ("a.docx", _zip({"word/document.xml": b"<x/>"}), "damaged"),
        ("a.xlsx", _zip({"xl/workbook.xml": b"<x/>"}), "damaged"),
        ("a.docx", _zip({"ppt/slide.xml": b"<x/>"}), "damaged"),
        ("a.odt", _zip({"mimetype": b"application/vnd.oasis.opendocument.text"}), "damaged"),
        ("a.epub", _zip({"mimetype": b"application/epub+zip"}), "damaged"),
        ("a.xls.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "unsupported"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"), "unsupported"),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0\0".encode("utf-16-le"), "damaged"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, kind: str) -> None:
    assert _kind(name, data) == kind


def test_what_a_parser_says_about_a_document_stays_out_of_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(data: bytes, name: str) -> Extracted:
        raise ValueError(f"cannot make sense of {data!r}")

    monkeypatch.setattr("rag.ingest.plain.read", stumble)
    with pytest.raises(Unreadable) as raised:
        extract("a.txt", SECRET.encode())
    told = "".join(traceback.format_exception(raised.value)) + caplog.text
    assert (SECRET in told, "ValueError at tests/rag/ingest/test_extract.py" in caplog.text) == (
        False,
        True,
    )


def test_rich_text_called_text_is_read_as_what_it_is() -> None:
    assert _text("a.txt", b"{\\rtf1 Words}") == "Words"


def test_an_archive_gives_files() -> None:
    found = extract("a.zip", _zip({"b.md": b"words"}))
    assert isinstance(found, Unpacked)
    assert [file.path for file in found.files] == ["b.md"]


def test_a_document_called_zip_is_read_as_what_it_is() -> None:
    assert _text("a.zip", _docx()) == "Words of a document."


def test_large_files_are_refused() -> None:
    assert _kind("a.txt", b"four", max_bytes=3) == "too_large"


def test_a_raised_limit_is_the_limit() -> None:
    large = b"Words. " * (module.MAX_BYTES // 7 + 1)
    with pytest.raises(Unreadable, match="larger than 50 MB"):
        check("a.txt", large)
    check("a.txt", large, max_bytes=2 * module.MAX_BYTES)


def test_packages_that_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_UNPACKED", 1000)
    assert _kind("a.docx", _zip({"word/document.xml": b" " * 1001})) == "too_large"


def test_packages_that_declare_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert _kind("a.xlsx", _zip({"xl/workbook.xml": bomb})) == "damaged"


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize(("name", "maker"), [("a.docx", _docx), ("a.xlsx", _xlsx), ("a.pdf", _pdf)])
def test_damaged_files_give_text_or_a_reason(name: str, maker: object, seed: int) -> None:
    assert callable(maker)
    dice = random.Random(seed)
    data = bytearray(maker())
    for _ in range(dice.choice([3, 30, 300])):
        data[dice.randrange(4, len(data))] = dice.randrange(256)
    with suppress(Unreadable):
        assert _text(name, bytes(data[: dice.choice([None, len(data) // 2])]))
