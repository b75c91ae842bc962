"""What lies behind words on a PDF page: white ones on something dark head a table, on paper they are hidden."""

import ctypes
from typing import Any

import pypdfium2.raw as raw

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
_PICTURES = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM)
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 6  # of a rectangle; what is behind a word cannot be told of rings, letters and curves
_SMALLEST = 3.0  # points: what is narrower is a line, and no word stands on it
_MOST_OF_PAGE = 0.6
_LEAST_DRAWN = 20  # lines and curves of a page that is drawn, not blank


class Painted:
    """The filled areas of a page in the order they are painted, looked up only when a word in doubt asks."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._areas: list[tuple[float, float, float, float, Colour | None]] | None = None

    def ground(self, x: float, y: float) -> Colour | None:
        """The colour at a point (in points, from the page's lower left); None where it cannot be told."""
        if self._areas is None:
            areas = [(*_bounds(item), _colour(item)) for item in self._objects() if _is_filled(item)]
            self._areas = [area for area in areas if min(area[2] - area[0], area[3] - area[1]) >= _SMALLEST]
        found = (at[4] for at in reversed(self._areas) if at[0] <= x <= at[2] and at[1] <= y <= at[3])
        return next(found, WHITE)

    def is_picture(self) -> bool:
        """Whether there is anything on the page besides words."""
        kinds = [raw.FPDFPageObj_GetType(item) for item in self._objects()]
        return any(kind in _PICTURES for kind in kinds) or kinds.count(raw.FPDF_PAGEOBJ_PATH) >= _LEAST_DRAWN

    def is_scan(self, width: float, height: float) -> bool:
        """Whether one picture covers most of the page."""
        pictures = (item for item in self._objects() if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_IMAGE)
        areas = ((right - left) * (top - bottom) for left, bottom, right, top in map(_bounds, pictures))
        return any(area >= width * height * _MOST_OF_PAGE for area in areas)

    def _objects(self) -> list[Any]:
        count = min(raw.FPDFPage_CountObjects(self._page.raw), _MOST_OBJECTS)
        return [raw.FPDFPage_GetObject(self._page.raw, place) for place in range(count)]


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _is_filled(item: Any) -> bool:
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return kind in _PICTURES
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)
    return bool(mode.value != raw.FPDF_FILLMODE_NONE)


def _colour(item: Any) -> Colour | None:
    """The colour of a plain opaque rectangle, None for anything else."""
    is_path = raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH
    if not is_path or raw.FPDFPath_CountSegments(item) > _MOST_SEGMENTS:
        return None
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue) if alpha == 255 else None
