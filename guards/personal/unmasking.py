"""Values put back into a text that is still being written."""

import json
import re
from collections.abc import Iterable

from guards.personal.masks import Masks

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")


class UnmaskingStream:
    """Feed it a masked text piece by piece; it gives back the plain one.

    It holds back only what may become a mask, a few letters. In JSON, masks may be written with escapes, and values
    are escaped where they need it.
    """

    def __init__(self, masks: Masks, *, in_json: bool = False) -> None:
        self._masks = masks
        self._in_json = in_json
        self._beginnings = _beginnings(masks.values)
        self._longest = max(map(len, masks.values), default=0)
        self._held = ""

    def feed(self, delta: str) -> str:
        """Take the next piece; return what is new and plain."""
        if not self._beginnings:
            return delta
        text = self._held + delta
        half = self._half_escape(text)
        text, escape = text[: len(text) - half], text[len(text) - half :]
        if self._in_json:
            text = _ESCAPE.sub(_plain, text)
        done, held = self._parted(text)
        self._held = held + escape
        return done

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        rest, self._held = self._held, ""
        return rest

    def _half_escape(self, text: str) -> int:
        """How many signs at the end are an escape that is not whole. A backslash may be escaped itself."""
        found = _HALF_ESCAPE.search(text) if self._in_json else None
        if found is None:
            return 0
        before = len(text[: found.start()]) - len(text[: found.start()].rstrip("\\"))
        return len(found[0]) if before % 2 == 0 else 0

    def _parted(self, text: str) -> tuple[str, str]:
        """What can be told, with its values, and what may become a mask."""
        out, at = [], 0
        for start, end in self._masks.places(text):
            out += [text[at:start], self._value(text[start:end])]
            at = end
        rest = text[at:]
        held = next(
            (long for long in range(min(self._longest, len(rest)), 0, -1) if rest[-long:].lower() in self._beginnings),
            0,
        )
        return "".join([*out, rest[: len(rest) - held]]), rest[len(rest) - held :]

    def _value(self, mask: str) -> str:
        value = self._masks.values[mask.lower()]
        return json.dumps(value, ensure_ascii=False)[1:-1] if self._in_json else value


def _beginnings(masks: Iterable[str]) -> frozenset[str]:
    """All that a mask can begin with and is none yet."""
    return frozenset(mask[:long] for mask in masks for long in range(1, len(mask)))


def _plain(escape: re.Match[str]) -> str:
    """A letter or digit that was escaped without need; every other escape as it is."""
    sign = chr(int(escape[1], 16)) if escape[1] else ""
    return sign if sign.isascii() and sign.isalnum() else escape[0]
