"""The answer's text out of JSON that is still being written.

Works like a small tokenizer: each character is looked at once, so the cost of a token does not grow with the answer.
Code fences and reasoning before the object are passed over. Behind other words nothing streams: they may be reasoning
that lost its opening mark, and the object a draft in it.
"""

import re
from collections.abc import Callable

from guards.said import Said
from guards.thoughts import CLOSING, LONGEST, OPENING, end_of, may_open

# What stands around an object and is no word: blanks, a fence, the list or text it may be in, marks of templates.
_QUIET = re.compile(
    rf"(?:[\s\ufeff\[]|```(?:json)?\s|json\s|(?!{OPENING.pattern})<\|\w+\|>(?:assistant|json|final)?(?=\W))+",
    re.IGNORECASE,
)
_IN_THE_MAKING = re.compile(
    r"`{1,3}(?:j|js|jso|json)?|j|js|jso|json|<(?:\|(?:\w{0,40}(?:\|(?:>\w{0,40})?)?)?)?", re.IGNORECASE
)
_STRUCTURE = re.compile(r'["{}\[\]:,]')
_STRING_END = re.compile(r'["\\]')
_HEX = "[0-9a-fA-F]"
# One piece of a JSON string: plain text, a surrogate pair, one \u escape, a short escape, or the closing quote.
_PIECE = re.compile(rf'[^"\\]+|\\u[dD][89abAB]{_HEX}{{2}}\\u[dD][c-fC-F]{_HEX}{{2}}|\\u{_HEX}{{4}}|\\["\\/bfnrt]|"')
_HALF_ESCAPE = re.compile(rf"\\(?:u{_HEX}{{0,3}})?")
_HALF_PAIR = re.compile(rf"(?:\\(?:u(?:[dD](?:[c-fC-F]{_HEX}?)?)?)?)?")
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_KEY_LENGTH = 64


class AnswerStream:
    """Feed it a model's text piece by piece; it gives back the new text of the `answer` string."""

    def __init__(self) -> None:
        self._step: Callable[[AnswerStream, str], str] = AnswerStream._before
        self._held = ""  # the end of the last piece, not understood yet; a few characters at most
        self._depth = 0
        self._key = ""
        self._in_key = False
        self._key_next = True
        self._out: list[str] = []
        self._closed = False
        self._behind = ""  # the first sign behind the answer
        self._end = CLOSING  # of the thoughts it is in
        self._said = Said()

    def feed(self, delta: str) -> str:
        """Take the next piece of the model's text; return the answer text that is new, often ""."""
        rest, self._held, self._out = self._held + delta, "", []
        while rest:
            rest = self._step(self, rest)
        return "".join(self._out)

    @property
    def ended(self) -> bool:
        """Whether the answer's string was closed, and not by a quote that may belong to it."""
        return self._closed and self._behind in ("", ",", "}")

    # Each step takes text from its start on, sets the next step, and returns what it has not taken. Steps are plain
    # functions: bound methods would tie the stream to itself and leave it to the garbage collector.

    def _before(self, text: str) -> str:
        """Look for the object. Behind words it may be a draft in thoughts whose opening mark was lost."""
        quiet = _QUIET.match(text)
        rest = text[quiet.end() :] if quiet else text
        if not rest or _may_become(rest):
            self._held = rest
        elif mark := OPENING.match(rest):
            self._end, self._step = end_of(mark[0]), AnswerStream._think
            return rest[mark.end() :]
        elif rest[0] == "{":
            self._step = AnswerStream._brace
            return rest[1:]
        else:
            self._end, self._step = CLOSING, AnswerStream._think
            return rest
        return ""

    def _think(self, text: str) -> str:
        """Pass over thoughts."""
        found = self._end.search(text)
        if not found:
            self._held = text[-LONGEST:]
            return ""
        self._step = AnswerStream._before
        return text[found.end() :]

    def _brace(self, text: str) -> str:
        """After a brace: an object's key, or only prose such as {name}."""
        text = text.lstrip()
        if text:
            self._depth, self._key_next = 1, True
            self._end = CLOSING
            self._step = AnswerStream._object if text[0] == '"' else AnswerStream._think
        return text

    def _object(self, text: str) -> str:
        """Between the strings of the object: keep track of depth and of what comes next."""
        found = _STRUCTURE.search(text)
        if not found:
            return ""
        sign = found[0]
        if sign == '"':
            self._string()
        elif sign in "{[":
            self._depth += 1
        elif sign in "}]":
            self._depth -= 1
            self._step = AnswerStream._object if self._depth else AnswerStream._before
        elif self._depth == 1:
            self._key_next = sign == ","
        return text[found.end() :]

    def _string(self) -> None:
        """A string opens: the answer, a key, or another string."""
        at_top = self._depth == 1
        self._in_key = at_top and self._key_next
        if at_top and not self._key_next and self._key == "answer":
            self._step = AnswerStream._answer
            return
        self._key = "" if self._in_key else self._key
        self._step = AnswerStream._skip

    def _skip(self, text: str) -> str:
        """Pass over a string that is not the answer, remembering it if it is a key."""
        found = _STRING_END.search(text)
        end = found.start() if found else len(text)
        if self._in_key:
            self._key = (self._key + text[:end])[:_KEY_LENGTH]
        if not found:
            return ""
        self._step = AnswerStream._object if found[0] == '"' else AnswerStream._skip_escaped
        return text[found.end() :]

    def _skip_escaped(self, text: str) -> str:
        """Pass over the character after a backslash; a key with one is not the answer's."""
        self._step = AnswerStream._skip
        if self._in_key:
            self._key += "\\"
        return text[1:]

    def _answer(self, text: str) -> str:
        """Unescape the answer; hold back an escape or a surrogate pair that is not whole yet."""
        at = 0
        while at < len(text):
            piece = _PIECE.match(text, at)
            if not piece:
                if _HALF_ESCAPE.fullmatch(text, at):
                    self._held = text[at:]
                else:
                    self._step = AnswerStream._after  # not JSON: what came so far is all there is
                return ""
            if piece[0] == '"':
                self._step, self._closed = AnswerStream._after, True
                self._out.append(self._said.rest())
                return text[at + 1 :]
            if _is_high(piece[0]) and _HALF_PAIR.fullmatch(text, piece.end()):
                self._held = text[at:]
                return ""
            self._out.append(self._said.feed(_unescape(piece[0])))
            at = piece.end()
        return ""

    def _after(self, text: str) -> str:
        """After the answer: nothing more to take."""
        self._behind = self._behind or text.strip()[:1]
        return ""


def partial_answer(text: str) -> str:
    """The answer so far in a growing JSON text: "" while there is nothing; later texts only add to it."""
    return AnswerStream().feed(text)


def _may_become(text: str) -> bool:
    """Whether a text may become a mark, or a fence."""
    return bool(_IN_THE_MAKING.fullmatch(text)) or may_open(text)


def _is_high(piece: str) -> bool:
    """Whether the piece is one half of a surrogate pair, the first."""
    return len(piece) == 6 and piece.startswith("\\u") and 0xD800 <= int(piece[2:], 16) <= 0xDBFF


def _unescape(piece: str) -> str:
    """The text of one piece; a lone surrogate becomes U+FFFD."""
    if piece[0] != "\\":
        return piece
    if piece[1] != "u":
        return _SHORT[piece[1]]
    code = int(piece[2:6], 16)
    if len(piece) == 12:
        return chr(0x10000 + ((code - 0xD800) << 10) + int(piece[8:], 16) - 0xDC00)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
