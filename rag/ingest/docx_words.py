"""The words of one Word paragraph, in order: runs, links, insertions, tabs and breaks; nothing deleted."""

from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

_RUN, _TEXT = qn("w:r"), qn("w:t")
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", _TEXT: ""}
_LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText")))
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")


def words(paragraph: Any, passes: Callable[[Any], bool]) -> tuple[str, list[Any]]:
    """The paragraph's text out of those runs that pass, and the text boxes in it, which are read after it."""
    parts: list[str] = []
    boxes: list[Any] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _BOX:
            boxes.append(element)
        elif element.tag in (_TEXT, _MATH_TEXT):
            parts.append(element.text or "")
        elif element.tag in _MARKS:
            parts.append(_MARKS[element.tag])
        elif element.tag in _LEFT_OUT or element.tag == _FALLBACK or (element.tag == _RUN and not passes(element)):
            continue
        else:
            waiting.extend(reversed(element))
    return "".join(parts), boxes
