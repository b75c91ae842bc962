"""One form for texts that differ only in their typography, with the way back to the original characters."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_LETTER = r"[^\W\d_]"
_SINGLE, _DOUBLE = "‘’‚‛′ʼ´", "“”„‟″«»"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SWAPS = (
    dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys(_DOUBLE, '"')
    | _LIGATURES
    | {"…": "...", "ß": "ss", "ẞ": "ss", "İ": "i"}
)
_DASHES = r"\-\u2010-\u2015\u2212"

# What folding changes, with nothing between two changes but plain text: hyphens that vanish (soft, at a line's
# end, within a compound), Markdown's marks of emphasis and code, invisible marks, a minus, other dashes with the
# space around them, white space, single characters.
_CHANGES = (
    rf"(?P<gone>\xad(?:\s*\n\s*)?|(?<={_LETTER})[-\u2010\u2011](?:[^\S\n]*\n\s*)?(?={_LETTER})"
    r"|[*_]{2,}|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|[\u200b-\u200d\u2060\ufeff])"
    r"|(?P<minus>\s+[-\u2212](?=\d))"
    rf"|(?P<dash>\s*[{_DASHES}]+\s*)"
    r"|(?P<space>\s{2,}|[^\S ])"
    rf"|(?P<swap>[{''.join(_SWAPS)}])"
)
# The look-ahead leaves most characters of most texts after one test: folding takes a quarter of the time with it.
_CHANGE = re.compile(rf"(?=[^a-zA-Z0-9.,;:()/ ]| [\s{_DASHES}])(?:{_CHANGES})")
# Accents written as a character of their own are rare, and looking for them is slow.
_MARK = re.compile("[\u0300-\u036f]")
_CHANGE_OR_ACCENT = re.compile(rf"{_CHANGES}|(?P<accent>\w[\u0300-\u036f]+)")
# Scripts written without spaces, or whose words take endings without one: any place in them may be a word's edge.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; piece i starts at `starts[i]` in it and stands for `spans[i]` of the original."""

    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int, bool], ...]  # start, end, and whether its characters map one to one

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the original for a span (not empty) in the folded text."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        begin, _, plain = self.spans[first]
        if plain:
            begin += start - self.starts[first]
        finish, whole, plain = self.spans[last]
        return begin, finish + end - self.starts[last] if plain else whole


def fold(text: str) -> Folded:
    """Fold white space, case, quotation marks, dashes, ligatures, accents, soft and line-end hyphens."""
    out: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int, bool]] = []
    length = 0

    def add(piece: str, start: int, end: int, *, plain: bool) -> None:
        nonlocal length
        out.append(piece)
        starts.append(length)
        spans.append((start, end, plain))
        length += len(piece)

    at = 0
    changes = _CHANGE_OR_ACCENT if _MARK.search(text) else _CHANGE
    for change in changes.finditer(text):
        start, end = change.span()
        if start > at:
            add(_lower(text[at:start]), at, start, plain=True)
        add(_changed(change), start, end, plain=False)
        at = end
    if at < len(text):
        add(_lower(text[at:]), at, len(text), plain=True)
    return Folded("".join(out), tuple(starts), tuple(spans))


def glued(text: str, at: int) -> bool:
    """Whether a cut at `at` would go through a word or a number (1|.5, -|5) of the folded text."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return not (_UNSPACED.match(before) or _UNSPACED.match(after))
    if after.isdigit() and before in ".,-":
        further = text[at - 2 : at - 1]
        return further in ("", " ") if before == "-" else further.isdigit()
    return before.isdigit() and after in ".," and text[at + 1 : at + 2].isdigit()


def _lower(text: str) -> str:
    """Case-folded text of the same length, so that offsets hold."""
    folded = text.casefold()
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one := letter.casefold()) == 1 else letter for letter in text)


def _changed(change: re.Match[str]) -> str:
    """The folded form of one change."""
    kind, found = change.lastgroup, change[0]
    if kind == "swap":
        return _SWAPS[found]
    if kind == "accent":
        return unicodedata.normalize("NFC", found).casefold()
    return {"gone": "", "minus": " -", "dash": "-", "space": " "}[kind or "gone"]
