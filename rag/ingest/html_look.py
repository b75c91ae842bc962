"""Words of a web page that nobody sees: taken out of the tree before it is read, and handed back to be told.

Hidden are: elements not displayed, transparent or off the screen, letters without size, and letters in the colour of
a ground that is known. Where a picture, a gradient or another file's style sheet may lie behind, nothing is hidden.
"""

from dataclasses import dataclass, replace
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # no stubs worth having

from rag.ingest.clean import word_set
from rag.ingest.css import Colour, Sheet, Style, colour, declared, hides, pixels

SKIPPED = word_set(
    """
    head script style noscript template nav button select option datalist iframe object svg canvas audio
    video img map dialog textarea input
    """
)
_WHITE: Colour = (255, 255, 255)
_NEAR = 6  # steps of 255 between two colours that nobody tells apart
_TINY = 1.4  # pixels
_NO_GROUND = ("transparent", "none", "inherit", "initial", "unset")


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down: its letters' colour and size, the ground; None where it is not known."""

    letters: Colour | None = None
    ground: Colour | None = _WHITE
    is_tiny: bool = False
    is_clear: bool = False


def take_out_hidden(root: Any) -> list[str]:
    """Empty what cannot be seen, and give back the words, piece by piece. Tails and the elements themselves stay."""
    sheet = _sheet(root)
    ground = None if any("stylesheet" in link.get("rel", "").lower() for link in root.iter("link")) else _WHITE
    looks = [_Look(ground=ground)]
    hidden: list[Any] = []
    unseen_texts: list[tuple[Any, str]] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            looks.pop()
            if element is not root and _is_unseen(looks[-1]):
                unseen_texts.append((element, "tail"))
            continue
        style = _style(element, sheet)
        looks.append(_inherited(looks[-1], element, style, sheet))
        if element.tag in SKIPPED:
            walk.skip_subtree()
        elif "hidden" in element.attrib or (hides(style) and not _names(element) & sheet.may_show):
            hidden.append(element)
            walk.skip_subtree()
        elif _is_unseen(looks[-1]):
            unseen_texts.append((element, "text"))
    return [_emptied(element) for element in hidden] + [_without(element, part) for element, part in unseen_texts]


def _sheet(root: Any) -> Sheet:
    sheet = Sheet()
    for style in root.iter("style"):
        if "print" not in style.get("media", ""):
            sheet.add(style.text or "")
    return sheet


def _names(element: Any) -> set[str]:
    """The names style sheets may call the element by."""
    return {element.tag, f"#{element.get('id')}", *(f".{name}" for name in element.get("class", "").split())}


def _style(element: Any, sheet: Sheet) -> Style:
    """What is declared for the element, by attributes, by simple rules, and by itself."""
    style: Style = {}
    if element.tag == "font" and element.get("color"):
        style["color"] = element.get("color").strip().lower()
    if element.get("bgcolor"):
        style["background-color"] = element.get("bgcolor").strip().lower()
    if element.get("background"):
        style["background-image"] = "url()"
    style |= sheet.style_of(element.tag, element.get("id", ""), element.get("class", "").split())
    return style | declared(element.get("style", ""))


def _inherited(above: _Look, element: Any, style: Style, sheet: Sheet) -> _Look:
    look = above
    letters = style.get("color", "inherit")
    if letters != "inherit":
        look = replace(look, letters=colour(letters), is_clear=letters == "transparent" and "text" not in _clip(style))
    if style.get("text-shadow", "none") != "none":
        look = replace(look, letters=None, is_clear=False)
    if "font-size" in style or "font" in style:
        look = replace(look, is_tiny=pixels(style.get("font-size", ""), otherwise=99) < _TINY)
    if _names(element) & sheet.may_paint or element.tag in ("button", "mark"):
        return replace(look, ground=None)
    for name in ("background", "background-color", "background-image"):
        ground = style.get(name, "none")
        if ground not in _NO_GROUND:
            look = replace(look, ground=colour(ground))
    return look


def _clip(style: Style) -> str:
    return style.get("background-clip", "") + style.get("-webkit-background-clip", "")


def _is_unseen(look: _Look) -> bool:
    if look.is_tiny or look.is_clear:
        return True
    if look.letters is None or look.ground is None:
        return False
    return all(abs(one - other) <= _NEAR for one, other in zip(look.letters, look.ground, strict=True))


def _emptied(element: Any) -> str:
    words, tail = " ".join(_texts(element)), element.tail
    element.clear()
    element.tail = tail
    return words


def _texts(element: Any) -> list[str]:
    """The words in an element that is shown as a whole or not at all; scripts and the like are none."""
    texts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        if event == "end":
            texts.append(inner.tail or "" if inner is not element else "")
        elif inner.tag in SKIPPED:
            walk.skip_subtree()
        else:
            texts.append(inner.text or "")
    return texts


def _without(element: Any, part: str) -> str:
    words = getattr(element, part) or ""
    setattr(element, part, None if not words.strip() else " ")
    return words
