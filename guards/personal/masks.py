"""Personal data put out of sight of a model, and put back into what it says.

A value gives way to a word such as EMAIL7KQ3RX: letters and digits only, so that no Markdown, HTML or JSON on the way
has a reason to change it. Its end is drawn anew for each answer: no document can know it beforehand. A name gives way
word by word, so that a model can tell that "Tesla" in the question is a part of "Nikola Tesla" in a passage.
"""

import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guards.personal.guard import seen
from guards.personal.seen import KINDS, Kind

WORDS: Mapping[Kind, str] = {
    "e-mail": "EMAIL",
    "phone": "PHONE",
    "card": "CARD",
    "IBAN": "IBAN",
    "bank account": "ACCOUNT",
    "IP address": "HOST",
    "national id": "PERSONID",
    "date of birth": "BORN",
    "name": "NAME",
    "address": "ADDRESS",
}
SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # no vowels: no words come of them
LENGTH = 6  # 28^6 are 480 million
DRAWS = 100  # tries before something is wrong with the draw
SHORTEST = 4  # characters of a value that is looked for where nothing around it tells
_ONE = rf"(?:{'|'.join(WORDS.values())})[{SIGNS}]{{{LENGTH}}}"
_SOME = re.compile(_ONE, re.IGNORECASE | re.ASCII)  # quicker where there is none, as in nearly all texts
_SHAPE = re.compile(rf"(?=({_ONE}))", re.IGNORECASE | re.ASCII)
_NAME_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_ESCAPED = re.compile(r'\\[nrtbf"/\\]')


def values(text: str, kinds: Iterable[Kind] = KINDS) -> list[tuple[Kind, str]]:
    """The personal data in a text, which may be JSON, in its order."""
    return [(one.kind, text[one.start : one.end]) for one in seen(_unescaped(text), kinds)]


def drawn() -> str:
    """Six signs that nobody can guess."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    value: str


class Masks:
    """What stands for what in one answer. Not for many threads at once."""

    def __init__(self, kinds: Iterable[Kind] = KINDS, draw: Callable[[], str] = drawn) -> None:
        self._kinds = frozenset(kinds)
        self._draw = draw
        self._found: dict[str, Kind] = {}  # by value, as it was seen
        self._kind_of: dict[str, Kind] = {}  # by value, as it is masked
        self._mask_of: dict[str, str] = {}  # by value
        self._values: dict[str, str] = {}  # by mask, in small letters
        self._learnt: set[str] = set()  # texts
        self._said: set[str] = set()  # words of this shape that texts brought along

    @property
    def count(self) -> Mapping[Kind, int]:
        """How many different values are masked, by kind."""
        return Counter(self._found.values())

    @property
    def values(self) -> Mapping[str, str]:
        """The value behind each mask, in small letters."""
        return self._values

    def learn(self, texts: Sequence[str]) -> None:
        """Takes note of the values in these texts, so that each is masked in all of them, also where it looks plain."""
        for text in texts:
            if text not in self._learnt:
                self._learnt.add(text)
                for kind, value in values(text, self._kinds):
                    self._take(kind, value)

    def know(self, found: Iterable[tuple[Kind, str]], texts: Iterable[str]) -> None:
        """Takes these for all the values that these texts hold, which are then not looked through."""
        self._learnt.update(texts)
        for kind, value in found:
            self._take(kind, value)

    def _take(self, kind: Kind, value: str) -> None:
        self._found.setdefault(value, kind)
        for part in _name_words(value) if kind == "name" else (value,):
            self._kind_of.setdefault(part, kind)

    def mask(self, text: str) -> str:
        """The text with masks instead of values: `unmask` gives it back, sign for sign.

        Raises RuntimeError when no free mask can be drawn.
        """
        self.learn([text])
        if _SOME.search(text):
            self._said |= {found[1].lower() for found in _SHAPE.finditer(text)}
        if not self._kind_of:
            return text
        spans = self._spans(text)
        for _ in range(DRAWS):
            fresh = [span.value for span in spans if span.value not in self._mask_of]
            masked = self._masked(text, spans)
            if self.unmask(masked) == text:
                return masked
            self._forget(fresh)
        raise RuntimeError("no mask could be drawn that stands apart from the text around it")

    def unmask(self, text: str) -> str:
        """The text with the values instead of their masks, however these are capitalised."""
        out, at = [], 0
        for start, end in self.places(text):
            out += [text[at:start], self._values[text[start:end].lower()]]
            at = end
        return "".join([*out, text[at:]])

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where masks stand in a text."""
        at = 0
        for found in _SHAPE.finditer(text) if self._values else ():
            if found.start() >= at and found[1].lower() in self._values:
                at = found.end(1)
                yield found.span(1)

    def _spans(self, text: str) -> list[_Span]:
        """What to mask, in order: all that is known, the longest first, and words that are masks already."""
        found = [_Span(start, end, text[start:end]) for start, end in self.places(text)]
        for value, kind in self._kind_of.items():
            found += _everywhere(text, value, whole=kind in ("name", "address") or len(value) < SHORTEST)
        spans: list[_Span] = []
        taken = bytearray(len(text))
        for span in sorted(found, key=lambda one: one.start - one.end):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\1" * (span.end - span.start)
                spans.append(span)
        return sorted(spans, key=lambda one: one.start)

    def _masked(self, text: str, spans: Sequence[_Span]) -> str:
        out, at = [], 0
        for span in spans:
            out += [text[at : span.start], self._mask_of.get(span.value) or self._new(span.value)]
            at = span.end
        return "".join([*out, text[at:]])

    def _new(self, value: str) -> str:
        word = WORDS[self._kind_of.get(value, "name")]
        for _ in range(DRAWS):
            mask = word + self._draw()
            if mask.lower() not in self._values and mask.lower() not in self._said:
                self._mask_of[value], self._values[mask.lower()] = mask, value
                return mask
        raise RuntimeError("no free mask could be drawn")

    def _forget(self, values: Iterable[str]) -> None:
        for value in dict.fromkeys(values):
            del self._values[self._mask_of.pop(value).lower()]


def _name_words(name: str) -> list[str]:
    """The words of a name that are names themselves: not "van", no initials."""
    return [word for word in _NAME_WORD.findall(name) if word[0].isupper()]


def _everywhere(text: str, value: str, *, whole: bool) -> Iterator[_Span]:
    """Where a value stands in a text; `whole`: only where it is no part of a longer word."""
    start = text.find(value)
    while start >= 0:
        end = start + len(value)
        if not whole or not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield _Span(start, end, value)
            start = text.find(value, end)
        else:
            start = text.find(value, start + 1)


def _unescaped(text: str) -> str:
    """A text that may be JSON, as long as before: what stands behind a line break in it begins anew."""
    return _ESCAPED.sub("  ", text) if "\\" in text else text
