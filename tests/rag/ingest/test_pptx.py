"""Presentations: slides in order, tables, notes, and what is hidden."""

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.util import Inches, Pt

from rag.ingest.content import Extracted
from rag.ingest.pptx import read
from tests.rag.ingest.reading import path_of, texts


def _show(*titles: str) -> tuple[Show, list[Slide]]:
    show = Presentation()
    slides = [show.slides.add_slide(show.slide_layouts[5]) for _ in titles]
    for slide, title in zip(slides, titles, strict=True):
        slide.shapes.title.text = title
    return show, slides


def _read(show: Show) -> Extracted:
    stream = BytesIO()
    show.save(stream)
    return read(stream.getvalue(), "a.pptx")


def _box(slide: Slide, words: str, left: float = 1, top: float = 3) -> object:
    box = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(2), Inches(1))
    box.text_frame.text = words
    return box


def _hidden(document: Extracted) -> list[tuple[str, int | None]]:
    return [(finding.words, finding.page) for finding in document.findings if finding.kind == "hidden_text"]


def test_slides_are_sections_with_their_number() -> None:
    show, slides = _show("Pumps", "Valves")
    _box(slides[1], "Open slowly.")
    document = _read(show)
    block = next(block for block in document.blocks if "slowly" in document.text[block.start : block.end])
    assert (block.path, block.page, document.title, document.pages) == (("Valves",), 2, "Pumps", 2)


def test_boxes_are_read_from_the_top_left() -> None:
    show, slides = _show("Pumps")
    for words, left, top in (("three", 1, 4), ("two", 5, 2.05), ("one", 1, 2)):
        _box(slides[0], words, left, top)
    assert texts(_read(show), "text") == ["one", "two", "three"]


def test_groups_tables_and_notes_are_read() -> None:
    show, slides = _show("Pumps")
    slides[0].shapes.add_group_shape().shapes.add_textbox(0, 0, 9, 9).text_frame.text = "In a group."
    table = slides[0].shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for place, words in enumerate(["Item", "Price", "Socks", "8.50"]):
        table.cell(place // 2, place % 2).text = words
    slides[0].notes_slide.notes_text_frame.text = "Say it slowly."
    document = _read(show)
    assert {"In a group.", "Item: Socks · Price: 8.50"} <= set(texts(document))
    assert path_of(document, "slowly") == ("Pumps", "Notes")


def test_the_figures_of_a_chart_are_rows() -> None:
    show, slides = _show("Sales")
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Pumps", (19.2, None))
    slides[0].shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 900, 900, data)
    assert texts(_read(show), "row") == ["Q1 · Pumps: 19.2", "Q2"]


def test_hidden_slides_are_left_out_and_told() -> None:
    show, slides = _show("Pumps", "Secret", "Secret too", "Valves")
    for slide in slides[1:3]:
        slide.element.set("show", "0")
    document = _read(show)
    assert [finding.words for finding in document.findings] == [
        "Slides 2 and 3 are hidden in the presentation and left out."
    ]
    assert "Secret" not in document.text


def test_white_tiny_and_off_slide_words_are_told() -> None:
    show, slides = _show("Pumps")
    for words, change in (("White words", "white"), ("Tiny words", "tiny")):
        font = _box(slides[0], words).text_frame.paragraphs[0].runs[0].font  # type: ignore[attr-defined]
        if change == "white":
            font.color.rgb = RGBColor(255, 255, 255)
        else:
            font.size = Pt(1)
    _box(slides[0], "Far words", left=-9)
    document = _read(show)
    assert (document.text, sorted(_hidden(document))) == (
        "Pumps",
        [("Far words", 1), ("Tiny words", 1), ("White words", 1)],
    )


@pytest.mark.parametrize("ground", ["own", "behind", "slide"])
def test_white_words_on_something_dark_are_read(ground: str) -> None:
    show, slides = _show("Pumps")
    dark = slides[0].background.fill if ground == "slide" else None
    if ground == "behind":
        dark = slides[0].shapes.add_shape(1, Inches(1), Inches(3), Inches(3), Inches(2)).fill
    box = _box(slides[0], "Words")
    if ground == "own":
        dark = box.fill  # type: ignore[attr-defined]
    assert dark is not None
    dark.solid()
    dark.fore_color.rgb = RGBColor(0, 51, 102)
    box.text_frame.paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)  # type: ignore[attr-defined]
    document = _read(show)
    assert ("Words" in document.text, _hidden(document)) == (True, [])


def test_a_malformed_shape_costs_only_itself() -> None:
    show, slides = _show("Pumps")
    _box(slides[0], "Words")
    odd = slides[0].shapes.add_table(1, 1, 0, 0, 9, 9)
    grid = odd._element.find(f".//{qn('a:tblGrid')}")
    grid.getparent().remove(grid)
    odd._element.find(f".//{qn('a:tr')}").attrib.clear()
    assert "Words" in _read(show).text
