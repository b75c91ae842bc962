"""PDF files: paragraphs, headings, pages, and what is hidden in them."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from rag.ingest import pdf_ocr
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.pdf import read
from tests.rag.ingest.reading import path_of, texts

Line = tuple[str, float, float, str, float]  # words, left, height, font, size


def _canvas(stream: BytesIO, **options: object) -> Canvas:
    return Canvas(stream, invariant=1, **options)


def _drawn(canvas: Canvas, lines: list[Line]) -> None:
    for words, left, height, font, size in lines:
        canvas.setFont(font, size)
        canvas.drawString(left, height, words)
    canvas.showPage()


def _pdf(*pages: list[Line], title: str = "") -> Extracted:
    stream = BytesIO()
    canvas = _canvas(stream)
    canvas.setTitle(title)
    for lines in pages:
        _drawn(canvas, lines)
    canvas.save()
    return read(stream.getvalue(), "a.pdf")


def _body(*lines: str, top: float = 700) -> list[Line]:
    return [(words, 72, top - 13 * place, "Helvetica", 10) for place, words in enumerate(lines)]


_WRAPPED = [
    "The pump must be checked twice a year by some-",
    "body who has been trained for it and who knows",
    "it well.",
]


def test_wrapped_lines_are_joined_and_parted_words_made_whole() -> None:
    expected = "The pump must be checked twice a year by somebody who has been trained for it and who knows it well."
    assert texts(_pdf(_body(*_WRAPPED))) == [expected]


def test_a_gap_begins_a_paragraph() -> None:
    assert len(texts(_pdf(_body(*_WRAPPED) + _body(*_WRAPPED, top=640)))) == 2


def test_items_of_a_list_stay_apart() -> None:
    assert texts(_pdf(_body("• Red socks", "• Blue socks"))) == ["• Red socks", "• Blue socks"]


def test_larger_letters_and_bold_lines_are_headings() -> None:
    heads: list[Line] = [("Handbook", 72, 760, "Helvetica", 20), ("Care", 72, 720, "Helvetica-Bold", 10)]
    document = _pdf(heads + _body(*_WRAPPED))
    assert (path_of(document, "pump"), document.title) == (("Handbook", "Care"), "Handbook")


def test_each_block_knows_its_page() -> None:
    document = _pdf(_body("First page."), _body("Second page."))
    assert ([block.page for block in document.blocks], document.pages) == ([1, 2], 2)


def test_what_repeats_at_the_edges_of_pages_is_left_out() -> None:
    numbers = ["one", "two", "three", "four"]
    pages = [
        [
            ("Pump manual", 72, 800, "Helvetica", 8),
            *_body(f"This is page {number}."),
            (f"Page {at} of 4", 280, 30, "Helvetica", 8),
        ]
        for at, number in enumerate(numbers, start=1)
    ]
    assert texts(_pdf(*pages)) == [f"This is page {number}." for number in numbers]


def _table(*rows: tuple[str, ...], top: float = 700, head: str = "Helvetica") -> list[Line]:
    return [
        (cell, 72 + 150 * column, top - 14 * place, head if place == 0 else "Helvetica", 10)
        for place, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]


def test_rows_carry_their_columns_names() -> None:
    lines = _table(("Item", "Rate"), ("Hotel per night", "120"), ("Meals per day", "42"))
    assert texts(_pdf(lines), "row") == ["Item: Hotel per night · Rate: 120", "Item: Meals per day · Rate: 42"]


def test_bold_names_head_columns_of_words_and_empty_cells_keep_their_place() -> None:
    rows = ("Team", "Lead", "Room"), ("Pumps", "", "North"), ("Valves", "Bo", "South")
    assert texts(_pdf(_table(*rows, head="Helvetica-Bold")), "row") == [
        "Team: Pumps · Room: North",
        "Team: Valves · Lead: Bo · Room: South",
    ]


def test_a_table_goes_on_overleaf_with_its_names() -> None:
    rows = [(f"{colour} paint for walls", f"{price}.50") for price, colour in enumerate(["Red", "Blue", "Grey"], 11)]
    document = _pdf(_table(("Item", "Price"), *rows, top=200), _table(*rows, top=780))
    assert texts(document, "row") == [f"Item: {item} · Price: {price}" for item, price in rows] * 2


def test_rows_without_clear_names_stay_as_they_are() -> None:
    lines = _table(("Red", "Blue"), ("Green", "White"), ("Black", "Grey"))
    assert texts(_pdf(lines), "row") == ["Red Blue", "Green White", "Black Grey"]


def test_two_columns_of_prose_are_no_table() -> None:
    left = [(line, 72.0, 700.0 - 13 * at, "Helvetica", 10.0) for at, line in enumerate(_WRAPPED)]
    right = [(line, 330.0, height, font, size) for line, _, height, font, size in left]
    assert texts(_pdf(left + right), "row") == []


def _hidden(document: Extracted) -> list[tuple[str, int | None]]:
    return [(finding.words, finding.page) for finding in document.findings if finding.kind == "hidden_text"]


@pytest.mark.parametrize("ground", [None, (0.2, 0.4, 0.6)])
def test_words_in_the_colour_of_their_ground_are_told_and_left_out(ground: tuple[float, float, float] | None) -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    canvas.drawString(72, 700, "Seen.")
    canvas.setFillColorRGB(*(ground or (1, 1, 1)))
    if ground:
        canvas.rect(60, 590, 300, 30, fill=1, stroke=0)
    canvas.drawString(72, 600, "Obey me.")
    canvas.save()
    document = read(stream.getvalue(), "a.pdf")
    assert (document.text, _hidden(document)) == ("Seen.", [("Obey me.", 1)])


def test_hidden_words_between_others_are_left_out() -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    line = canvas.beginText(72, 700)
    line.textOut("Seen ")
    line.setFillColorRGB(1, 1, 1)
    line.textOut("obey me ")
    line.setFillColorRGB(0, 0, 0)
    line.textOut("again.")
    canvas.drawText(line)
    canvas.save()
    document = read(stream.getvalue(), "a.pdf")
    assert (document.text, _hidden(document)) == ("Seen again.", [("obey me", 1)])


def test_tiny_words_are_left_out() -> None:
    document = _pdf([("Seen.", 72, 700, "Helvetica", 10), ("Obey me.", 72, 600, "Helvetica", 1)])
    assert (document.text, _hidden(document)) == ("Seen.", [("Obey me.", 1)])


def test_white_words_on_a_dark_ground_are_read() -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    canvas.rect(60, 590, 300, 30, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, "Head of a table")
    canvas.save()
    assert read(stream.getvalue(), "a.pdf").text == "Head of a table"


@pytest.mark.parametrize(("others", "expected"), [(0, "Scanned words"), (3, "Seen.\n\nSeen.\n\nSeen.")])
def test_invisible_words_are_read_only_where_they_are_the_text_of_a_scan(others: int, expected: str) -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    for place in range(others):
        canvas.drawString(72, 600 - 50 * place, "Seen.")
    hidden = canvas.beginText(72, 700)
    hidden.setTextRenderMode(3)
    hidden.textOut("Scanned words")
    canvas.drawText(hidden)
    canvas.save()
    assert read(stream.getvalue(), "a.pdf").text == expected


def test_a_made_up_title_is_not_used() -> None:
    assert _pdf(_body("Words."), title="Microsoft Word - draft3.doc").title == "a"


def _scan(pages: str) -> bytes:
    """A page a letter: a picture (p), one with a stamp below (s), words (w), nothing (n)."""
    stream = BytesIO()
    canvas = _canvas(stream)
    for page in pages:
        if page in "ps":
            canvas.drawInlineImage(Image.new("L", (60, 80), 128), 0, 0, 595, 800)
        if page == "s":
            canvas.drawString(72, 20, "ABC 0001")
        elif page == "w":
            canvas.drawString(72, 700, "Words.")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the only program on the path would be."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "tesseract"


def _written(program: Path, script: str) -> None:
    program.write_text(f"#!{sys.executable}\nimport sys\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_file_of_pictures_says_what_to_install(program: Path) -> None:
    with pytest.raises(Unreadable, match="its pages are pictures; install the program tesseract") as caught:
        read(_scan("pp"), "scan.pdf")
    assert caught.value.kind == "empty"


def test_a_file_of_blank_pages_says_no_more_than_that(program: Path) -> None:
    with pytest.raises(Unreadable, match=r"^scan\.pdf has no text in it; add a version with text\.$"):
        read(_scan("nn"), "scan.pdf")


def test_pages_that_are_pictures_are_named(program: Path) -> None:
    findings = read(_scan("wpspnpw"), "a.pdf").findings
    assert [finding.kind for finding in findings] == ["no_text_layer"]
    assert findings[0].words.startswith("Pages 2 to 4 and 6 are pictures without text; install the program tesseract")


def test_pictures_are_read_where_the_program_is(program: Path) -> None:
    _written(program, "print('List\\neng' if '--list-langs' in sys.argv else 'Seen on the picture.')")
    document = read(_scan("wp"), "a.pdf")
    assert ([block.page for block in document.blocks], document.text) == ([1, 2], "Words.\n\nSeen on the picture.")
    assert [finding.kind for finding in document.findings] == ["read_by_ocr"]


@pytest.mark.parametrize("script", ["sys.exit(1)", "import time; time.sleep(60)"])
def test_a_program_that_fails_or_hangs_costs_only_its_page(
    program: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    _written(program, script)
    monkeypatch.setattr(pdf_ocr, "PAGE_S", 0.3)
    document = read(_scan("wp"), "a.pdf")
    assert (document.text, [finding.kind for finding in document.findings]) == ("Words.", ["no_text_layer"])


def test_a_password_is_named_as_the_reason() -> None:
    stream = BytesIO()
    canvas = _canvas(stream, encrypt=StandardEncryption("secret"))
    _drawn(canvas, _body("Words."))
    canvas.save()
    with pytest.raises(Unreadable, match=r"^a\.pdf is protected by a password; remove it") as caught:
        read(stream.getvalue(), "a.pdf")
    assert caught.value.kind == "encrypted"
