"""Files of every format, broken or built to harm: each ends in its text or in one sentence."""

import random
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from pptx import Presentation

from rag.ingest.content import Unreadable
from rag.ingest.extract import extract
from tests.rag.ingest.opendocument import package, table


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _pptx() -> bytes:
    stream = BytesIO()
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = "Words"
    show.save(stream)
    return stream.getvalue()


_MAKERS = {
    "a.pptx": _pptx,
    "a.odt": lambda: package("text", "<text:p>Words</text:p>" + table(("Item", "Price"), ("Socks", "8"))),
    "a.ods": lambda: package("spreadsheet", table(("Item", "Price"), ("Socks", "8"))),
    "a.odp": lambda: package("presentation", "<draw:page/>"),
    "a.epub": lambda: _zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<container/>"}),
    "a.zip": lambda: _zipped({"a.md": b"words", "b/c.txt": b"words"}),
    "a.rtf": lambda: rb"{\rtf1\ansi Words \trowd\intbl a\cell b\cell\row}",
    "a.eml": lambda: b'Subject: a\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nWords\n--b--\n',
    "a.json": lambda: b'{"a": [{"b": 1, "c": "words"}, {"b": 2}]}',
}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", _MAKERS)
def test_damaged_files_give_something_or_a_reason(name: str, seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(_MAKERS[name]())
    for _ in range(dice.choice([1, 3, 30])):
        data[dice.randrange(4, len(data))] = dice.randrange(256)
    with suppress(Unreadable):
        assert extract(name, bytes(data[: dice.choice([None, len(data) // 2])])) is not None


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.docx", {"word/document.xml": bytes(60_000_000)}),
        ("a.odt", {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": bytes(60_000_000)}),
        ("a.epub", {"mimetype": b"application/epub+zip", "META-INF/container.xml": bytes(60_000_000)}),
    ],
)
def test_packages_that_are_bombs_stay_packed(name: str, parts: dict[str, bytes]) -> None:
    with pytest.raises(Unreadable, match="unpacks to far more than honest files do") as caught:
        extract(name, _zipped(parts))
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize("name", ["a.html", "a.md", "a.json", "a.rtf", "a.eml", "a.csv", "a.txt"])
@pytest.mark.parametrize("piece", [b"<div>", b"[[[", b"{{{", b"/*", b"<style>", b"{\\*\\x", b"--b\n", b'"', b"(["])
def test_one_piece_over_and_over_ends(name: str, piece: bytes) -> None:
    with suppress(Unreadable):
        assert extract(name, b"words\n" + piece * 20_000) is not None


@pytest.mark.parametrize("style", [b"/*", b"a{", b"}", b"a", b"@media{", b"a{color:red;"])
def test_style_sheets_without_end_are_read_in_time(style: bytes) -> None:
    page = b"<style>" + style * 60_000 + b"</style><p>Words</p>"
    assert extract("a.html", page) is not None
