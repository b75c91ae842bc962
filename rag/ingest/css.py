"""As much of style sheets as tells whether words can be seen: simple rules, inline styles, colours, lengths.

What is beyond simple rules (nested selectors, media, states such as hover) is only asked what it might show or paint,
so that a menu that opens or a box with a ground of its own is not taken for hidden.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

Colour = tuple[int, int, int]
Style = dict[str, str]

_MOST = 500_000  # characters of style sheets looked at
_SIMPLE = re.compile(r"(?:([a-zA-Z][\w-]*)|\*)?(?:([.#])([\w-]+))?")
_NAMES = re.compile(r"[.#]?[a-zA-Z][\w-]*")
_RELEVANT = re.compile(
    r"(?:^|;)\s*(display|visibility|opacity|font-size|color|background(?:-color|-image|-clip)?|-webkit-background-clip"
    r"|position|left|top|right|bottom|text-indent|text-shadow|clip|clip-path|width|height|overflow|font)\s*:\s*([^;]*)",
    re.IGNORECASE,
)
_FAR_OFF = -500  # pixels beyond the edge of the page
_LENGTH = re.compile(r"(-?(?:\d+(?:\.\d*)?|\.\d+))\s*(px|pt|em|rem|ex|ch|cm|mm|in|vw|vh|%)?")
_PIXELS = {
    "pt": 4 / 3,
    "em": 16,
    "rem": 16,
    "ex": 8,
    "ch": 8,
    "cm": 37.8,
    "mm": 3.78,
    "in": 96,
    "vw": 12,
    "vh": 8,
    "%": 0.16,
}
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")
_COLOURS: dict[str, Colour] = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "navy": (0, 0, 128),
}


@dataclass(slots=True)
class Sheet:
    """The rules of a page by the tag, class or id they are for; `may_show` and `may_paint` name what others touch."""

    rules: dict[str, list[tuple[str, Style]]] = field(default_factory=lambda: defaultdict(list))
    may_show: set[str] = field(default_factory=set)
    may_paint: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Take in the text of a `<style>` element."""
        for prelude, body, is_plain in _blocks(_without_comments(text[:_MOST])):
            style = declared(body)
            for selector in prelude.split(",") if style else []:
                simple = _SIMPLE.fullmatch(selector.strip())
                if is_plain and simple and selector.strip():
                    tag, mark, name = simple.groups()
                    self.rules[f"{mark}{name}" if mark else (tag or "*").lower()].append(((tag or "").lower(), style))
                else:
                    self._note(selector, style)

    def style_of(self, tag: str, identity: str, classes: list[str]) -> Style:
        """What the simple rules declare for an element: tags first, then classes, then its id."""
        style: Style = {}
        for key in ("*", tag, *(f".{name}" for name in classes), f"#{identity}"):
            for wanted, declarations in self.rules.get(key, ()):
                if wanted in ("", tag):
                    style |= declarations
        return style

    def _note(self, selector: str, style: Style) -> None:
        last = set(
            _NAMES.findall(selector.replace(">", " ").replace("+", " ").replace("~", " ").split(" ")[-1] or selector)
        )
        if not hides(style):
            self.may_show |= last
        if any(name.startswith("background") for name in style):
            self.may_paint |= last


def _without_comments(text: str) -> str:
    before, *others = text.split("/*")
    return " ".join([before, *(part.partition("*/")[2] for part in others)])


def _blocks(text: str) -> Iterator[tuple[str, str, bool]]:
    """Selectors and declarations of each rule, and whether it holds at all times and on all screens."""
    opened: list[tuple[str, int]] = []
    start = 0
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            opened.append((text[start : brace.start()].rpartition(";")[2].strip(), brace.end()))
        elif opened:
            prelude, begin = opened.pop()
            if not prelude.startswith("@"):
                yield prelude, text[begin : brace.start()], not opened
        start = brace.end()


def declared(text: str) -> Style:
    """The declarations that bear on being seen, names and values in lower case."""
    return {match[1].lower(): match[2].lower().replace("!important", "").strip() for match in _RELEVANT.finditer(text)}


def hides(style: Style) -> bool:
    """Whether an element of that style is not to be seen, nor anything in it."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    opacity = _LENGTH.fullmatch(style.get("opacity", ""))
    if opacity and float(opacity[1]) <= 0.01:
        return True
    return _is_off_screen(style)


def _is_off_screen(style: Style) -> bool:
    if pixels(style.get("text-indent", "")) <= _FAR_OFF:
        return True
    if style.get("position") not in ("absolute", "fixed"):
        return False
    clipped = re.sub(r"[\s,]|px", "", style.get("clip", "")) in ("rect(0000)", "rect(1111)")
    clipped = clipped or style.get("clip-path", "").replace(" ", "") in ("inset(50%)", "inset(100%)")
    return clipped or any(pixels(style.get(edge, "")) <= _FAR_OFF for edge in ("left", "top", "right", "bottom"))


def pixels(length: str, otherwise: float = 0.0) -> float:
    """A length in pixels of a common screen; `otherwise` for what is none."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _PIXELS.get(found[2] or "px", 1) if found else otherwise


def colour(written: str) -> Colour | None:
    """A colour's red, green and blue; None for one that is not known, or that lets the ground shine through."""
    if written in _COLOURS:
        return _COLOURS[written]
    if re.fullmatch(r"#[0-9a-f]{3}", written):
        return int(written[1] * 2, 16), int(written[2] * 2, 16), int(written[3] * 2, 16)
    if re.fullmatch(r"#[0-9a-f]{6}", written):
        return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)
    found = _RGB.fullmatch(written)
    if found and (found[4] is None or found[4] in ("1", "1.0", "100%")):
        return int(found[1]), int(found[2]), int(found[3])
    return None
