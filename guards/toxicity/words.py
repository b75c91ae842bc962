"""The words of `words.toml` by language and class, and which language a text is in."""

import codecs
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HURTFUL = frozenset(("slur", "ambiguous", "insult", "dehuman", "profane", "bad"))
FIRST = "en"  # also what a text is taken for that speaks no other language more clearly
SHORTEST_MISSPELT = 6  # characters; shorter words are too often one letter away from harmless ones


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language: their classes, and hurtful ones as they are misspelt."""

    classes: Mapping[str, str]
    misspelt: Mapping[str, str]
    within: re.Pattern[str]  # slurs inside of other words
    hurtful: Mapping[tuple[str, int], Sequence[str]]  # by first letter and length
    known: frozenset[str]  # all of them, and the language's commonest words

    def class_of(self, word: str) -> str | None:
        """The class of a word in lower case; None: it is just a word."""
        if kind := self.classes.get(word) or self.misspelt.get(word):
            return kind
        if "*" in word:
            return self._veiled(word)
        return "slur" if len(word) > SHORTEST_MISSPELT and self.within.search(word) else None

    def _veiled(self, pattern: str) -> str | None:
        """The class of a hurtful word some of whose letters are "*"."""
        alike = self.hurtful.get((pattern[0], len(pattern)), ())
        return next((self.classes[word] for word in alike if _fits(pattern, word)), None)


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """All languages, the first one first. Read from the package once."""
    told = tomllib.loads(files("guards.toxicity").joinpath("words.toml").read_text("utf-8"))
    unveiled = {
        kind: {of: codecs.decode(one, "rot13") for of, one in by.items()} for kind, by in told["veiled"].items()
    }
    kinds = {**told["open"], **unveiled}
    return {
        of: _vocabulary({kind: by[of].split() for kind, by in kinds.items() if of in by}, common.split())
        for of, common in told["common"].items()
    }


def language(words: Iterable[str]) -> str:
    """The language that knows most of a text's words; the first one when in doubt."""
    different = frozenset(words)
    counted = {of: len(different & vocabulary.known) for of, vocabulary in vocabularies().items()}
    return max(counted, key=lambda of: (counted[of], of == FIRST))


def _vocabulary(kinds: Mapping[str, Iterable[str]], common: Iterable[str]) -> Vocabulary:
    classes = {word: kind for kind, words in kinds.items() for word in words}
    misspelt = {
        wrong: kind
        for word, kind in classes.items()
        if len(word) >= SHORTEST_MISSPELT and (kind in HURTFUL or kind in ("group", "harm"))
        for wrong in _misspellings(word)
    }
    slurs = (re.escape(word) for word, kind in classes.items() if kind == "slur" and len(word) >= SHORTEST_MISSPELT)
    hurtful: dict[tuple[str, int], list[str]] = {}
    for word, kind in classes.items():
        if kind in HURTFUL:
            hurtful.setdefault((word[0], len(word)), []).append(word)
    known = frozenset((*classes, *common))
    return Vocabulary(classes, misspelt, re.compile("|".join(slurs)), hurtful, known)


def _misspellings(word: str) -> Iterable[str]:
    """A letter left out or two swapped, but never the first: "itches" is a word."""
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _fits(pattern: str, word: str) -> bool:
    return all(given in ("*", letter) for given, letter in zip(pattern, word, strict=True))
