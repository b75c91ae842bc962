"""Reasoning that stands in a model's text between marks of its own, and is shown to nobody.

Where a mark of a block's beginning was lost to the prompt's template, all that stands before its end is reasoning.
A mark behind a backtick is one that the text is about.
"""

import re
from collections.abc import Iterable

_NAMES = ("think", "thinking", "thought", "thoughts", "reasoning", "reason", "reflection", "scratchpad", "seed:think")
_FINAL = "<|channel|>final"
# Tags; Mistral; Kimi; Sky-T1; Cohere; gpt-oss, whose analysis ends where its final channel begins.
_BLOCKS = {f"<{name}>": f"</{name}>" for name in _NAMES} | {
    "[think]": "[/think]",
    "◁think▷": "◁/think▷",
    "<|begin_of_thought|>": "<|end_of_thought|>",
    "<|start_thinking|>": "<|end_thinking|>",
    "<|channel|>analysis": _FINAL,
    "<|channel|>commentary": _FINAL,
}
_STRAY = "assistantfinal"  # what is left of gpt-oss's marks where its server drops them
LONGEST = max(map(len, _BLOCKS))
_SIGN = re.compile(r"[<\[◁]")


def _any_of(marks: Iterable[str]) -> str:
    return "|".join(map(re.escape, marks))


OPENING = re.compile(f"(?<!`)(?:{_any_of(_BLOCKS)})", re.IGNORECASE)
CLOSING = re.compile(f"(?<!`)(?:{_any_of((*_BLOCKS.values(), _STRAY))})", re.IGNORECASE)
# Marks of gpt-oss and other templates that say nothing.
_LEFT_OVER = re.compile(r"(?: ?<\|constrain\|>\s*\w*)?<\|(?:message|start|end|return|im_end|eot_id)\|>(?:assistant\b)?")
_ENDS = {begin: re.compile(re.escape(end), re.IGNORECASE) for begin, end in _BLOCKS.items()}


def end_of(mark: str) -> re.Pattern[str]:
    """What ends the block that this mark begins."""
    return _ENDS[mark.lower()]


class Spoken:
    """Feed it a text piece by piece; it gives back what stands outside of reasoning."""

    def __init__(self) -> None:
        self._held = ""  # may become a mark
        self._end: re.Pattern[str] | None = None  # of the block the text is in
        self._last = ""
        self._removed = False

    @property
    def removed(self) -> bool:
        """Whether there was reasoning."""
        return self._removed

    def feed(self, delta: str) -> str:
        """Take the next piece; return what is new and can be shown."""
        rest, self._held = self._held + delta, ""
        if self._last and not self._end and not _SIGN.search(rest):  # nearly always
            self._last = rest[-1:] or self._last
            return rest
        out: list[str] = []
        while rest:
            rest = self._inside(rest) if self._end else self._outside(rest, out)
        return "".join(out)

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        return "" if self._end else self._held

    def _outside(self, text: str, out: list[str]) -> str:
        text = text if self._last or not self._removed else text.lstrip()
        mark = next((found for found in OPENING.finditer(text) if found.start() or self._last != "`"), None)
        until = mark.start() if mark else _forming(text)
        if until:
            out.append(text[:until])
            self._last = text[until - 1]
        if mark is None:
            self._held = text[until:]
            return ""
        self._removed, self._end = True, end_of(mark[0])
        return text[mark.end() :]

    def _inside(self, text: str) -> str:
        found = self._end.search(text) if self._end else None
        if found is None:
            self._held = text[-LONGEST:]
            return ""
        self._end = None
        return text[found.end() :]


def spoken(text: str) -> str:
    """The text without reasoning, also without such as only its end tells of."""
    filtered = Spoken()
    said = filtered.feed(text) + filtered.rest()
    ends = [found.end() for found in CLOSING.finditer(said)]
    return _LEFT_OVER.sub("", said[ends[-1] :] if ends else said)


def may_open(text: str) -> bool:
    """Whether a text may become a mark that begins reasoning."""
    return any(len(mark) > len(text) and mark.startswith(text.lower()) for mark in _BLOCKS)


def _forming(text: str) -> int:
    """Where at the end of a text a mark may be in the making; its length if none is."""
    for at in range(max(len(text) - LONGEST, 0), len(text)):
        if _SIGN.match(text, at) and may_open(text[at:]):
            return at
    return len(text)
