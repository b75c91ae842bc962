"""The words of an answer that grows, as they can be shown."""

import re

from guards.thoughts import Spoken

_OPEN = re.compile(r"\s*(?:`{0,3}|```j?s?o?n?\s*)")
_JSON = re.compile(r"\s*(?:```(?:json)?\s*)?\{")


class Said:
    """The answer's text as it can be shown: no reasoning, and nothing of a text that is JSON itself."""

    def __init__(self) -> None:
        self._spoken = Spoken()
        self._opening: str | None = ""  # None: it is clear that it is words
        self._is_json = False

    def feed(self, text: str) -> str:
        """Take more of it; return what can be shown."""
        return self._words(self._spoken.feed(text))

    def rest(self) -> str:
        """What was held back, once the answer has ended."""
        words = self._words(self._spoken.rest())
        held, self._opening = self._opening or "", None
        return "" if self._is_json else words + held

    def _words(self, text: str) -> str:
        if self._opening is None:
            return "" if self._is_json else text
        text = self._opening + text
        if _OPEN.fullmatch(text):
            self._opening = text
            return ""
        self._opening, self._is_json = None, bool(_JSON.match(text))
        return "" if self._is_json else text
