"""Runs of a Word document that nobody sees: hidden, tiny, or white where nothing dark can lie behind them.

White words in tables with a style, in text boxes, on shaded paragraphs, pages or pictures are taken for visible: a
white heading on a dark bar must never be lost.
"""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_SMALLEST = 4  # half points: letters of two points and less are there to be missed
_ALMOST_WHITE = 250  # of 255, each part of the colour
_RUN_LOOKS, _PARAGRAPH_LOOKS = qn("w:rPr"), qn("w:pPr")
_BOXES = frozenset(map(qn, ("w:txbxContent", "w:tbl")))
_OFF = ("0", "false", "off")
_LONGEST_CHAIN = 20  # of styles based on each other


class Looks:
    """Looks up runs of one document; styles are followed to those they are based on."""

    def __init__(self, body: Any, styles: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._defaults = list(styles.iter(qn("w:rPrDefault")))[:1]
        self._known: dict[tuple[str | None, ...], Any | None] = {}
        self._may_be_dark = _has_dark_ground(body)

    def is_hidden(self, run: Any) -> bool:
        """Whether people are meant not to see the run, and its words are to be told."""
        if _is_on(self._value(run, "w:vanish")):
            return True
        size = self._value(run, "w:sz")
        if size is not None and size.get(qn("w:val"), "").isdecimal() and int(size.get(qn("w:val"))) <= _SMALLEST:
            return True
        return self._is_white_on_white(run)

    def is_for_screens_only(self, run: Any) -> bool:
        """Whether the run is left out of pages on the web: page numbers of a table of contents are."""
        return _is_on(run.find(f"{_RUN_LOOKS}/{qn('w:webHidden')}"))

    def _value(self, run: Any, name: str) -> Any | None:
        """The run's own property, else that of its style, of its paragraph's style, of the document."""
        own = run.find(f"{_RUN_LOOKS}/{qn(name)}")
        if own is not None:
            return own
        paragraph = next(run.iterancestors(qn("w:p")))
        marks = run.find(f"{_RUN_LOOKS}/{qn('w:rStyle')}"), paragraph.find(f"{_PARAGRAPH_LOOKS}/{qn('w:pStyle')}")
        key = (name, *(None if mark is None else mark.get(qn("w:val")) for mark in marks))
        if key not in self._known:
            styles = [*self._based(marks[0]), *self._based(marks[1]), *self._defaults]
            values = (style.find(f"{_RUN_LOOKS}/{qn(name)}") for style in styles)
            self._known[key] = next((value for value in values if value is not None), None)
        return self._known[key]

    def _based(self, mark: Any | None) -> Iterator[Any]:
        """The style a mark names and those it is based on, nearest first."""
        for _ in range(_LONGEST_CHAIN):
            style = None if mark is None else self._styles.get(mark.get(qn("w:val")))
            if style is None:
                return
            yield style
            mark = style.find(qn("w:basedOn"))

    def _is_white_on_white(self, run: Any) -> bool:
        colour = self._value(run, "w:color")
        if self._may_be_dark or colour is None or not _is_white(colour.get(qn("w:val"), "").removeprefix("auto")):
            return False
        if self._value(run, "w:highlight") is not None or self._value(run, "w:shd") is not None:
            return False
        if any(above.tag in _BOXES for above in run.iterancestors()):
            return False
        paragraph = next(run.iterancestors(qn("w:p")))
        style = paragraph.find(f"{_PARAGRAPH_LOOKS}/{qn('w:pStyle')}")
        shades = [paragraph.find(f"{_PARAGRAPH_LOOKS}/{qn('w:shd')}")]
        shades += [found.find(f"{_PARAGRAPH_LOOKS}/{qn('w:shd')}") for found in self._based(style)]
        return all(shade is None or _is_white(shade.get(qn("w:fill"), "auto")) for shade in shades)


def _has_dark_ground(body: Any) -> bool:
    """Whether the page has a colour, or pictures that stand behind the text."""
    ground = body.getparent().find(qn("w:background"))
    if ground is not None and not _is_white(ground.get(qn("w:color"), "auto")):
        return True
    return any(anchor.get("behindDoc") in ("1", "true") for anchor in body.iter(qn("wp:anchor")))


def _is_on(mark: Any | None) -> bool:
    return mark is not None and mark.get(qn("w:val"), "true") not in _OFF


def _is_white(colour: str) -> bool:
    if colour == "auto":
        return True  # a ground without a colour of its own is the paper
    if len(colour) != 6:
        return False
    try:
        return min(bytes.fromhex(colour)) >= _ALMOST_WHITE
    except ValueError:
        return False
