"""OpenDocument presentations: slide by slide, each a section with its number as the page."""

import re
from typing import Any

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.numbers import listed
from rag.ingest.odf import TABLE, H, OpenDocument, P, tag
from rag.ingest.reporting import report
from rag.ingest.tables import headed

_NOTES, _CLASS = tag("presentation:notes"), tag("presentation:class")
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(cm|mm|in|pt)")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
_SAME_LINE = 12.0  # points: shapes whose tops differ less stand beside each other


def read(data: bytes, name: str) -> Extracted:
    """Text of an `.odp` file. Raises `Unreadable`: encrypted, damaged, empty."""
    document = OpenDocument(data, name)
    composer = Composer(name)
    slides = document.body("office:presentation").findall(tag("draw:page"))
    hidden = []
    for number, slide in enumerate(slides, start=1):
        looks = ("draw:style-name", "style:drawing-page-properties", "presentation:visibility")
        if document.style_value(slide, *looks) == "hidden":
            hidden.append(number)
        else:
            composer.page = number
            _add_slide(composer, document, slide, number)
        report(number, len(slides))
    composer.page = None
    if hidden:
        composer.find("left_out", f"{listed('Slide', hidden)} hidden in the presentation and left out.")
    return composer.finish(document.title, pages=len(slides))


def _add_slide(composer: Composer, document: OpenDocument, slide: Any, number: int) -> None:
    shapes = sorted((shape for shape in slide if shape.tag != _NOTES), key=_place)
    title = next((shape for shape in shapes if shape.get(_CLASS) == "title"), None)
    words = "" if title is None else " ".join(_lines(composer, document, title))
    composer.heading(1, words if words.strip() else f"Slide {number}")
    for shape in shapes:
        if shape is not title:
            _add_shape(composer, document, shape)
    notes = slide.find(_NOTES)
    if notes is not None and (lines := _lines(composer, document, notes)):
        composer.heading(2, "Notes")
        composer.text("\n".join(lines))


def _add_shape(composer: Composer, document: OpenDocument, shape: Any) -> None:
    table = next(shape.iter(TABLE), None)
    if table is None:
        composer.text("\n".join(_lines(composer, document, shape)))
        return
    composer.table(*headed(list(document.rows(table, composer))))


def _lines(composer: Composer, document: OpenDocument, shape: Any) -> list[str]:
    lines = (document.words(paragraph, composer)[0] for paragraph in shape.iter(P, H))
    return [line for line in lines if line.strip()]


def _place(shape: Any) -> tuple[float, float]:
    return round(_points(shape.get(tag("svg:y"), "")) / _SAME_LINE), _points(shape.get(tag("svg:x"), ""))


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[found[2]] if found else 0.0
