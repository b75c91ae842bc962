"""The words of one Word paragraph, in order: runs, links, insertions, tabs and breaks; nothing hidden or deleted."""

from typing import Any

from docx.oxml.ns import qn

_RUN, _TEXT = qn("w:r"), qn("w:t")
_HIDDEN = (f"{qn('w:rPr')}/{qn('w:vanish')}", f"{qn('w:rPr')}/{qn('w:webHidden')}")
_SIZE = f"{qn('w:rPr')}/{qn('w:sz')}"
_SMALLEST = 4  # half points: letters of two points and less are there to be missed
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", _TEXT: ""}
_LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText", "w:delText")))
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = qn("w:txbxContent")


def words(paragraph: Any) -> tuple[str, list[Any]]:
    """The paragraph's text, and the text boxes anchored in it, which are read after it."""
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
        elif element.tag in _LEFT_OUT or element.tag == _FALLBACK or (element.tag == _RUN and _is_hidden(element)):
            continue
        else:
            waiting.extend(reversed(element))
    return "".join(parts), boxes


def _is_hidden(run: Any) -> bool:
    for path in _HIDDEN:
        mark = run.find(path)
        if mark is not None and mark.get(qn("w:val"), "true") not in ("0", "false", "off"):
            return True
    size = run.find(_SIZE)
    return size is not None and size.get(qn("w:val"), "").isdecimal() and int(size.get(qn("w:val"))) <= _SMALLEST
