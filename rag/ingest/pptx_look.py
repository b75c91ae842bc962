"""What of a slide can be seen: white letters on a white slide, tiny ones, and shapes beside the slide are hidden.

Words count as hidden only when nothing speaks against it: no fill, picture or shape behind them, a slide known to be
white. A white title on a dark bar must never be taken for hidden.
"""

from collections.abc import Iterator
from typing import Any

from pptx.oxml.ns import qn

_SMALLEST = 200  # hundredths of a point
_WHITE = frozenset(("bg1", "lt1"))
_FILLS = (qn("a:solidFill"), qn("a:gradFill"), qn("a:blipFill"), qn("a:pattFill"), qn("p:blipFill"), qn("a:grpFill"))
_ALMOST_WHITE = 250  # of 255, each part of the colour
_INHERITED = (AttributeError, KeyError, ValueError, TypeError)  # places and layouts that point nowhere


class Slide:
    """A slide with what lies behind its words; `size` is width and height in EMU."""

    def __init__(self, slide: Any, size: tuple[int, int]) -> None:
        self._slide = slide
        self.size = size
        self._backdrop: list[Any] | None = None

    @property
    def shapes(self) -> Any:
        return self._slide.shapes

    @property
    def title(self) -> Any | None:
        try:
            return self._slide.shapes.title
        except _INHERITED:
            return None

    @property
    def notes(self) -> str:
        if not self._slide.has_notes_slide:
            return ""
        frame = self._slide.notes_slide.notes_text_frame
        return "" if frame is None else frame.text

    def is_unseen(self, run: Any, shape: Any) -> bool:
        """Whether the run of that shape is set to be missed."""
        looks = run.find(qn("a:rPr"))
        if looks is None:
            return False
        size = looks.get("sz", "")
        if (size.isdecimal() and int(size) <= _SMALLEST) or looks.find(qn("a:noFill")) is not None:
            return True
        fill = looks.find(qn("a:solidFill"))
        if fill is None:
            return False
        return _is_clear(fill) or (_is_white(fill) and not self._is_on_something(shape))

    def _is_on_something(self, shape: Any) -> bool:
        """Whether anything but white lies behind the shape, or might."""
        if _paints(shape.element.find(qn("p:spPr"))) or shape.element.find(qn("p:style")) is not None:
            return True
        return not self._is_white() or any(_overlaps(other, shape) for other in self._behind(shape))

    def _is_white(self) -> bool:
        """Whether slide, layout and master leave the background white, as far as it is told."""
        layout = self._slide.slide_layout
        for page in (self._slide, layout, layout.slide_master):
            ground = page.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
            if ground is not None:
                colours = list(ground.iter(qn("a:srgbClr"), qn("a:schemeClr"), qn("a:sysClr")))
                return len(colours) == 1 and _is_white(colours[0].getparent()) and not list(ground.iter(*_FILLS[1:]))
        return True

    def _behind(self, shape: Any) -> Iterator[Any]:
        if self._backdrop is None:
            layout = self._slide.slide_layout
            pages = (layout.slide_master.shapes, layout.shapes)
            self._backdrop = [item for page in pages for item in page if not item.is_placeholder]
        yield from self._backdrop
        for other in self._slide.shapes:
            if other.element is shape.element:
                return
            yield other


def is_off_slide(shape: Any, size: tuple[int, int]) -> bool:
    """Whether the whole shape stands beside the slide."""
    edges = _edges(shape)
    if edges is None or not all(size):
        return False
    left, top, right, bottom = edges
    return right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1]


def _edges(shape: Any) -> tuple[int, int, int, int] | None:
    try:
        left, top, width, height = shape.left, shape.top, shape.width, shape.height
    except _INHERITED:
        return None
    return None if None in (left, top, width, height) else (left, top, left + width, top + height)


def _overlaps(other: Any, shape: Any) -> bool:
    """Whether `other` may lie behind the shape: a picture, a table, a filled or styled form."""
    first, second = _edges(other), _edges(shape)
    if first is None or second is None:
        return True
    apart = first[2] <= second[0] or second[2] <= first[0] or first[3] <= second[1] or second[3] <= first[1]
    form = other.element.find(qn("p:spPr"))
    is_empty = other.element.tag == qn("p:sp") and not _paints(form) and other.element.find(qn("p:style")) is None
    return not apart and not is_empty


def _paints(form: Any | None) -> bool:
    """Whether a form is filled with anything but plain white."""
    if form is None:
        return False
    return any(child.tag in _FILLS and not (child.tag == _FILLS[0] and _is_white(child)) for child in form)


def _is_white(fill: Any) -> bool:
    for colour in fill:
        value = colour.get("lastClr") or colour.get("val", "")
        if len(colour):
            return False  # darkened, lightened or made transparent: no longer known
        if colour.tag == qn("a:srgbClr") and len(value) == 6:
            return all(int(value[at : at + 2], 16) >= _ALMOST_WHITE for at in (0, 2, 4))
        return value in _WHITE or value.upper() == "FFFFFF"
    return False


def _is_clear(fill: Any) -> bool:
    """Whether the letters are wholly transparent."""
    return any(alpha.get("val") == "0" for alpha in fill.iter(qn("a:alpha")))
