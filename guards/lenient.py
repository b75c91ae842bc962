"""JSON as models write it by mistake, read where only one meaning is left.

Taken: single and curly quotes, bare keys, commas at the end and missing between lines, comments, the words of Python
and JavaScript, quotes inside a text that are not escaped, escapes that JSON does not know. Refused: what was cut off,
and quotes that could end a text or belong to it.
"""

import re
from typing import NoReturn

DEEPEST = 12

_CLOSERS = {'"': '"', "'": "'", "“": '“”"', "”": '“”"', "„": '“”"', "‘": "‘’'", "’": "‘’'"}
_QUOTE = "[" + "".join(_CLOSERS) + "]"
_WORDS = {"true": True, "false": False, "null": None, "none": None, "undefined": None}
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/", "'": "'"}
# Possessive: blanks and comments have one reading only, else a row of comments takes ages to be refused.
_COMMENT = r"//[^\n]*+|/\*(?:(?!\*/).)*+\*/|#[^\n]*+"
_BLANK = rf"(?:\s|{_COMMENT})*+"
_SPACE = re.compile(_BLANK, re.DOTALL)
_KEY = re.compile(rf"(?P<open>{_QUOTE})(?P<quoted>[\w -]{{1,64}}){_QUOTE}|(?P<bare>[A-Za-z_]\w{{0,63}})")
_NUMBER = re.compile(r"-?\d+(?P<part>\.\d+)?(?:[eE][+-]?\d+)?(?!\w)")
_WORD = re.compile(r"[A-Za-z]+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
# What stands behind the quote that ends a text: in an object, in a list.
_NEXT_KEY = rf"(?:{_QUOTE}[\w -]{{1,64}}{_QUOTE}|[A-Za-z_]\w*){_BLANK}:"
_IN_OBJECT = re.compile(
    rf"{_BLANK}(?:\}}|,{_BLANK}(?:\}}|{_NEXT_KEY})|{_QUOTE}[\w -]{{1,64}}{_QUOTE}{_BLANK}:)", re.DOTALL
)
_IN_LIST = re.compile(rf"{_BLANK}(?:\]|,{_BLANK}(?:\]|{_QUOTE}|[\[{{\d-]|(?:{'|'.join(_WORDS)})\b))", re.DOTALL | re.I)


class Unreadable(ValueError):
    """There is no value, or more than one meaning."""


def read_value(text: str, start: int) -> tuple[object, int, tuple[str, ...]]:
    """The object or list that begins at `start`, where it ends, and what was repaired. Raises Unreadable."""
    reader = _Reader(text, start)
    value = reader.value(_IN_OBJECT, 0)
    return value, reader.at, tuple(dict.fromkeys(reader.repaired))


class _Reader:
    """Reads one value after the other."""

    def __init__(self, text: str, at: int) -> None:
        self.at = at
        self.repaired: list[str] = []
        self._text = text

    def value(self, after: re.Pattern[str], depth: int) -> object:
        """The value that begins here; `after` is what may stand behind its text."""
        sign = self._sign()
        if depth > DEEPEST:
            self._refuse()
        if sign == "{":
            return self._object(depth)
        if sign == "[":
            return self._list(depth)
        if sign in _CLOSERS:
            return self._string(sign, after)
        if number := _NUMBER.match(self._text, self.at):
            self.at = number.end()
            return float(number[0]) if number["part"] or "e" in number[0].lower() else int(number[0])
        word = _WORD.match(self._text, self.at)
        if word is None or word[0].lower() not in _WORDS:
            self._refuse()
        if word[0] not in ("true", "false", "null"):
            self.repaired.append("Python's words")
        self.at = word.end()
        return _WORDS[word[0].lower()]

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        self.at += 1
        while self._sign() != "}":
            key = self._key()
            if self._sign() != ":" or key in found:
                self._refuse()
            self.at += 1
            found[key] = self.value(_IN_OBJECT, depth + 1)
            self._comma("}")
        self.at += 1
        return found

    def _list(self, depth: int) -> list[object]:
        found: list[object] = []
        self.at += 1
        while self._sign() != "]":
            found.append(self.value(_IN_LIST, depth + 1))
            self._comma("]")
        self.at += 1
        return found

    def _comma(self, end: str) -> None:
        """Between two values, and by mistake before the end or not at all before a key in quotes."""
        sign = self._sign()
        if sign == ",":
            self.at += 1
            if self._sign() == end:
                self.repaired.append("a comma too many")
        elif sign != end:
            if end == "]" or sign not in _CLOSERS:
                self._refuse()
            self.repaired.append("a comma too few")

    def _key(self) -> str:
        found = _KEY.match(self._text, self.at)
        if found is None:
            self._refuse()
        if found["open"] != '"':
            self.repaired.append("other quotes" if found["open"] else "keys without quotes")
        self.at = found.end()
        return found["quoted"] or found["bare"]

    def _string(self, sign: str, after: re.Pattern[str]) -> str:
        """A text, up to the first quote behind which the JSON can go on."""
        if sign != '"':
            self.repaired.append("other quotes")
        stop = re.compile(rf"[\\{_CLOSERS[sign]}]")
        begin = at = self.at + 1
        inner: list[int] = []
        pieces: list[str] = []
        while True:
            found = stop.search(self._text, at)
            if found is None:
                self._refuse()
            pieces.append(self._text[at : found.start()])
            if found[0] == "\\":
                piece, at = self._escaped(found.start())
                pieces.append(piece)
                continue
            if after.match(self._text, found.end()):
                self.at = found.end()
                self._check(inner, begin, found.start())
                return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            inner.append(found.start())
            pieces.append(found[0])
            at = found.end()

    def _escaped(self, at: int) -> tuple[str, int]:
        found = _ESCAPE.match(self._text, at)
        if found is None:
            self._refuse()
        if found[1]:
            return chr(int(found[1], 16)), found.end()
        if found[2] not in _SHORT or found[2] == "'":
            self.repaired.append("escapes")
        return _SHORT.get(found[2], found[0]), found.end()

    def _check(self, inner: list[int], begin: int, end: int) -> None:
        """Quotes inside a text must come in pairs that hug their words; an apostrophe stands between letters."""
        opened = False
        for at in inner:
            before = self._text[at - 1] if at > begin else " "
            behind = self._text[at + 1] if at + 1 < end else " "
            if self._text[at] in "'‘’" and before.isalnum() and behind.isalnum():
                continue
            opens = not before.isalnum() and not behind.isspace() and before not in ".,!?"
            if opens == opened or (not opens and before.isspace()):
                self._refuse()
            opened = opens
        if opened:
            self._refuse()
        if inner:
            self.repaired.append("quotes inside a text")

    def _sign(self) -> str:
        """The next sign behind blanks and comments. Raises Unreadable at the end."""
        blank = _SPACE.match(self._text, self.at)
        if blank:
            if not blank[0].isspace() and blank[0]:
                self.repaired.append("comments")
            self.at = blank.end()
        if self.at >= len(self._text):
            self._refuse()
        return self._text[self.at]

    def _refuse(self) -> NoReturn:
        raise Unreadable(f"no single meaning at character {self.at}")
