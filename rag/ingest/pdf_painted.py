"""Whether white words on a PDF page stand on something dark, as headings of tables do, or are hidden on paper."""

import ctypes
from typing import Any

import pypdfium2.raw as raw

_PAINTS = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
_MOST_OBJECTS = 20_000


class Painted:
    """The filled areas of a page, looked up only when a line of white words asks."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._boxes: list[tuple[float, float, float, float]] | None = None

    def behind(self, x: float, y: float) -> bool:
        """Whether a picture or a coloured area covers the point (points, from the page's lower left)."""
        if self._boxes is None:
            count = min(raw.FPDFPage_CountObjects(self._page.raw), _MOST_OBJECTS)
            objects = (raw.FPDFPage_GetObject(self._page.raw, place) for place in range(count))
            self._boxes = [_bounds(item) for item in objects if _is_coloured(item)]
        return any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._boxes)


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _is_coloured(item: Any) -> bool:
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return kind in _PAINTS
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    colours = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item, *colours)
    return mode.value != raw.FPDF_FILLMODE_NONE and min(colour.value for colour in colours[:3]) < 250
