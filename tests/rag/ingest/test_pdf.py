"""PDF files: paragraphs, headings, pages, and what is hidden in them."""

from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

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


def test_rows_of_a_table_stay_rows() -> None:
    cells = [("Item", "Rate"), ("Hotel per night", "120"), ("Meals per day", "42")]
    lines: list[Line] = []
    for place, (left, right) in enumerate(cells):
        lines += [(left, 72, 700 - 14 * place, "Helvetica", 10), (right, 300, 700 - 14 * place, "Helvetica", 10)]
    assert "Hotel per night 120" in texts(_pdf(lines), "row")


def test_white_words_on_white_paper_are_left_out() -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    canvas.drawString(72, 700, "Seen.")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 600, "Hidden.")
    canvas.save()
    assert read(stream.getvalue(), "a.pdf").text == "Seen."


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


def test_pages_without_text_are_said_to_be_pictures() -> None:
    stream = BytesIO()
    canvas = _canvas(stream)
    canvas.rect(72, 72, 100, 100, fill=1)
    canvas.save()
    with pytest.raises(Unreadable, match="its pages are pictures") as caught:
        read(stream.getvalue(), "scan.pdf")
    assert caught.value.kind == "empty"


def test_a_password_is_named_as_the_reason() -> None:
    stream = BytesIO()
    canvas = _canvas(stream, encrypt=StandardEncryption("secret"))
    _drawn(canvas, _body("Words."))
    canvas.save()
    with pytest.raises(Unreadable, match=r"^a\.pdf is protected by a password; remove it") as caught:
        read(stream.getvalue(), "a.pdf")
    assert caught.value.kind == "encrypted"
