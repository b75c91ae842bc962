"""The answer's text out of JSON that is still being written.

Works like a small tokenizer: each character is looked at once, so the cost of a token does not grow with the answer.
Prose, code fences and `<think>` blocks before the object are passed over.
"""

import re
from collections.abc import Callable

_OPENING = re.compile(r"<think>|\{")
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

    def feed(self, delta: str) -> str:
        """Take the next piece of the model's text; return the answer text that is new, often ""."""
        rest, self._held, self._out = self._held + delta, "", []
        while rest:
            rest = self._step(self, rest)
        return "".join(self._out)

    @property
    def ended(self) -> bool:
        """Whether the answer's string was closed."""
        return self._closed

    # Each step takes text from its start on, sets the next step, and returns what it has not taken. Steps are plain
    # functions: bound methods would tie the stream to itself and leave it to the garbage collector.

    def _before(self, text: str) -> str:
        """Look for the object, or for a think block."""
        found = _OPENING.search(text)
        if not found:
            self._held = _tail(text, "<think>")
            return ""
        self._step = AnswerStream._brace if found[0] == "{" else AnswerStream._think
        return text[found.end() :]

    def _think(self, text: str) -> str:
        """Pass over a think block."""
        end = text.find("</think>")
        if end < 0:
            self._held = _tail(text, "</think>")
            return ""
        self._step = AnswerStream._before
        return text[end + len("</think>") :]

    def _brace(self, text: str) -> str:
        """After a brace: an object's key, or only prose such as {name}."""
        text = text.lstrip()
        if text:
            self._depth, self._key_next = 1, True
            self._step = AnswerStream._object if text[0] == '"' else AnswerStream._before
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
                return ""
            if _is_high(piece[0]) and _HALF_PAIR.fullmatch(text, piece.end()):
                self._held = text[at:]
                return ""
            self._out.append(_unescape(piece[0]))
            at = piece.end()
        return ""

    def _after(self, text: str) -> str:  # noqa: ARG002 (a step like the others)
        """After the answer: nothing more to take."""
        return ""


def partial_answer(text: str) -> str:
    """The answer so far in a growing JSON text: "" while there is nothing; later texts only add to it."""
    return AnswerStream().feed(text)


def _tail(text: str, tag: str) -> str:
    """The end of `text` that may be the beginning of `tag`."""
    return next((tag[:n] for n in range(len(tag) - 1, 0, -1) if text.endswith(tag[:n])), "")


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
