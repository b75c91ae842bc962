"""Marks behind the sentences of an answer that the passages do not say, or only in part, and the reasons for them.

A mark is a sign and a letter, so that it can be told without its colour; the letter finds its reason.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.records import Support, SupportRecord
from ui import markdown
from ui.words import share

SIGNS: dict[Support, str] = {"unsupported": "?", "weak": "≈"}
_COLOURS: dict[Support, str] = {"unsupported": "orange", "weak": "gray"}
_MEANINGS: dict[Support, str] = {"unsupported": "in none of the passages", "weak": "only in part, or not for sure"}
_FOOTNOTE = re.compile(r"[ \t]*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_SIGNS_OF_MARKDOWN = re.compile(r"\*+|`+|\||(?<!\w)_+|_+(?!\w)|^#+ ", re.MULTILINE)
_LONGEST = 160  # characters of a sentence beside its reason


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, the sentence it stands behind, and the reason."""

    at: int  # in characters of the answer
    letter: str
    verdict: Support
    sentence: str
    why: str

    @property
    def badge(self) -> str:
        """The mark in Markdown."""
        return f":{_COLOURS[self.verdict]}-badge[{SIGNS[self.verdict]} {self.letter}]"


def marks(text: str, support: Sequence[SupportRecord]) -> list[Mark]:
    """The marks of an answer, in order."""
    marked = [one for one in support if one.verdict != "supported"]
    return [
        Mark(one.end, _letter(number), one.verdict, " ".join(text[one.start : one.end].split()), one.why)
        for number, one in enumerate(marked)
    ]


def behind(marked: Sequence[Mark]) -> list[tuple[int, str]]:
    """The marks as `markdown.answer` takes them."""
    return [(mark.at, mark.badge) for mark in marked]


def summary(sentences: int, supported: int) -> str:
    """Such as "4 of 5 sentences supported"."""
    return f"{share(supported, sentences)} sentence{'' if sentences == 1 else 's'} supported"


def legend(marked: Sequence[Mark]) -> str:
    """What the marks mean, those only that there are."""
    kinds = [kind for kind in SIGNS if any(mark.verdict == kind for mark in marked)]
    return " · ".join(f":{_COLOURS[kind]}-badge[{SIGNS[kind]}] {_MEANINGS[kind]}" for kind in kinds)


def reasons(marked: Sequence[Mark]) -> str:
    """A list of the marked sentences, each with its reason."""
    return "\n".join(f"- {mark.badge} “{markdown.plain(_said(mark))}” {markdown.plain(mark.why)}" for mark in marked)


def _said(mark: Mark) -> str:
    said = " ".join(_SIGNS_OF_MARKDOWN.sub(" ", _FOOTNOTE.sub("", mark.sentence)).split())
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _letter(number: int) -> str:
    """a to z, then aa, ab, …"""
    before, last = divmod(number, 26)
    return (_letter(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[last]
