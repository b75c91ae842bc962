"""Joining: how a writer's words follow a beginning that another one left, without a word lost or said twice.

Models are told what the reader sees, and go on behind it, or repeat its last sentence or all of it, or begin
another answer. So their first words are held back until it is clear which it is: as long as they say what is shown
already, and else for `OPENING` characters.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from rag.writing.words import Vocabulary, Word, has_ended, marks, starts, unmarked, words

OPENING = 80  # characters looked at to tell a restart in other words
SAME = 88  # of 100: two texts that say the same
ENOUGH = 20  # characters: fewer are alike by chance

_LEAD = re.compile(r"\s*(?:(?:…|\.{3})\s*)?")
_NUMBERS = re.compile(r"\s*(?:\[[\d,; ]+\]\s*)+")
_ITEM = re.compile(r"[-*+•] |\d{1,2}[.)] ")
_BARE_ITEM = re.compile(r"(?:\A|\n)[ \t]*(?:[-*+•]|\d{1,2}[.)])\Z")
_SENTENCE = re.compile(r"[.!?。！？](?:\s|\Z)")
_CLOSES = tuple(",.;:!?)]}%”’»…。，、")
_OPENS = tuple("([{“‘«-/–—")
_SPACELESS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Join:
    """`at`: where the beginning ends that stays; `skip`: how much of the new text repeats it; `glue` between them."""

    at: int
    skip: int
    glue: str = ""

    def of(self, left: str, text: str) -> str:
        """Both texts as one."""
        return left[: self.at] + self.glue + text[self.skip :]


class Joint:
    """The place where a new writer's text meets the beginning `left`."""

    def __init__(self, left: str, vocabulary: Vocabulary) -> None:
        self._left = left
        self._words = words(left)
        self._known = vocabulary

    def join(self, text: str, *, whole: bool) -> Join | None:
        """How `text` follows; None while more of it could show that it is otherwise. `whole`: no more will come."""
        said = words(text)
        sure = said if whole or not said or said[-1].end < len(text) else said[:-1]  # the last may still grow
        if not sure:
            return self._behind(text, self._lead(text)) if whole else None
        repeated = self._repeated(sure, whole=whole)
        if repeated is None:
            return None
        if repeated:
            return self._after_repeated(text, said, repeated, whole=whole)
        return self._after_new(text, sure[0], whole=whole)

    def _repeated(self, said: list[Word], *, whole: bool) -> int | None:
        """How many words at the end of the beginning are said again; None while that is open."""
        for start in range(len(self._words)):
            ending = self._words[start:]
            pairs = list(zip(ending, said, strict=False))
            if not all(old.text == new.text for old, new in pairs[: len(ending) - 1]):
                continue
            if len(said) < len(ending):
                if not whole:
                    return None
            elif self._goes_on(said[: len(ending)]):
                return len(ending)
        return 0

    def _goes_on(self, said: list[Word]) -> bool:
        """Whether the last of these words is the last of the beginning, or mends it where it was cut."""
        last, new = self._words[-1], said[-1]
        if new.text == last.text:
            return True
        if not new.text.startswith(last.text) or last.end < len(self._left):
            return False
        if len(said) > 1:
            return True
        if self._known.side_by_side(last.text, new.text):  # such as "a" and "annual"
            return False
        before = self._words[-2].text if len(self._words) > 1 else ""
        likely = len(last.text) > 2 or last.text.isdigit() or not self._known.knows(last.text)
        return likely or self._known.side_by_side(before, new.text)

    def _after_repeated(self, text: str, said: list[Word], count: int, *, whole: bool) -> Join | None:
        last, new = self._words[-1], said[count - 1]
        follows = said[count].start if len(said) > count else len(text) if whole else None
        if follows is None:
            return None
        first = self._words[-count]
        if marks(text[:follows]) - marks(self._left[first.start :]):  # footnotes that the beginning lacks
            return Join(first.start, said[0].start)
        if new.text != last.text:
            return Join(last.start, new.start)
        shown, told = self._left[last.end :], text[new.end : follows]
        if marks(told) <= marks(shown) and _signs(told) <= _signs(shown):
            blank = told[len(told.rstrip()) :] if follows < len(text) else ""
            return Join(len(self._left), follows, "" if self._left[-1:].isspace() else blank)
        return Join(last.end, new.end)

    def _after_new(self, text: str, first: Word, *, whole: bool) -> Join | None:
        """Nothing is repeated word for word: a restart in other words, another answer, or what comes next."""
        lead = self._lead(text)
        opening = text[lead:]
        fresh = self._is_fresh(opening)
        if fresh or any(first.text == self._first_word(start) for start in starts(self._left)):
            if not whole and len(opening) < OPENING and not _SENTENCE.search(opening):
                return None
            restart = next((start for start in starts(self._left) if _alike(self._left[start:], opening)), None)
            if restart is not None:
                return Join(restart, lead)
        if fresh and not has_ended(self._left) and self._first_word(starts(self._left)[-1]):
            at = len(self._left[: starts(self._left)[-1]].rstrip())
            return Join(at, lead, "" if not at else "\n" if _ITEM.match(opening) else "\n\n")
        return self._after_cut_word(text, lead, first) or self._behind(text, lead)

    def _after_cut_word(self, text: str, lead: int, first: Word) -> Join | None:
        """The beginning ends in half a word, which is ended or left out."""
        last = self._words[-1] if self._words else None
        if last is None or last.end < len(self._left) or first.start > lead or text[:1].isspace():
            return None
        if self._known.knows(last.text + first.text) and not self._known.knows(first.text):
            return Join(len(self._left), lead)
        if not self._known.knows(last.text) and self._known.begins(last.text):
            at = len(self._left[: last.start].rstrip())
            return Join(at, lead, self._left[at : last.start])
        return None

    def _behind(self, text: str, lead: int) -> Join:
        """All of it goes on where the beginning ends."""
        if _BARE_ITEM.search(self._left):
            item = _ITEM.match(text, lead)
            return Join(len(self._left), item.end() if item else lead, " ")
        rest = text[lead:]
        touching = not self._left or not rest or self._left[-1].isspace() or rest.startswith(_CLOSES)
        touching = touching or self._left.endswith(_OPENS) or bool(_SPACELESS.match(rest))
        glue = "\n" if _ITEM.match(rest) and "\n" not in self._left[-1:] else "" if touching else " "
        blank = text[len(text[:lead].rstrip()) : lead]
        return Join(len(self._left), lead, blank if "\n" in blank and self._left else glue)

    def _is_fresh(self, opening: str) -> bool:
        """Whether a text begins like a sentence of its own."""
        word = re.match(r"[\"“‘«*_]*(\w+)", opening)
        if word is None or _ITEM.match(opening):
            return bool(_ITEM.match(opening))
        return word[1][0].isupper() and not self._known.amid(word[1])

    def _first_word(self, start: int) -> str:
        return next((word.text for word in self._words if word.start >= start), "")

    def _lead(self, text: str) -> int:
        """How much of a text only says that it goes on: blanks, an ellipsis, numbers that are shown already."""
        if not self._left:
            return 0
        end = self._words[-1].end if self._words else 0
        found = _NUMBERS.match(text)
        if found and marks(found[0]) <= marks(self._left[end:]):
            return found.end()
        found = _LEAD.match(text)
        return found.end() if found else 0


def _signs(text: str) -> set[str]:
    """The punctuation between two words."""
    return set(unmarked(text)) - set(" \t\n")


def _alike(shown: str, opening: str) -> bool:
    """Whether an opening says what is shown from there on in nearly the same words, with the same numbers."""
    size = min(len(shown), len(opening))
    old, new = (_plain(text[:size]) for text in (shown, opening))
    digits = [re.findall(r"\d+", text) for text in (old, new)]
    return size >= ENOUGH and digits[0] == digits[1] and fuzz.ratio(old, new) >= SAME


def _plain(text: str) -> str:
    return " ".join(word.text for word in words(text))
