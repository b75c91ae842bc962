"""What the classifier sees of a text: its words, their letters, and above all which classes of words stand together.

"Zzz are vermin" is hateful for any group of people, and in any language; so most of what is learned is learned of
classes (group, be, dehuman) and carries over to groups and words that were in no training text. Which group is named
makes no difference at all. Features are hashed into a fixed number of places (feature hashing: Weinberger et al.,
2009), so no words of the training data are kept.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from guards.toxicity.tokens import Token, tokens
from guards.toxicity.words import HURTFUL, language, vocabularies

PLACES = 1 << 15
NEAR = 6  # words, or classes, between two classes that are seen together
# How much each kind of feature weighs, chosen by cross-validation on the training half.
LETTERS, WORDS, FORMS, CLASSES = 0.25, 1.0, 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A token with its class, if it has one, in the language of the text."""

    token: Token
    kind: str | None

    @property
    def form(self) -> str:
        """Its class, else the word itself."""
        return f"<{self.kind}>" if self.kind else self.token.word


def seen(text: str) -> list[Seen]:
    """The words of a text with their classes."""
    words = tokens(text)
    spoken = vocabularies()[language(one.word for one in words)]
    return [Seen(one, spoken.class_of(one.word)) for one in words]


def features(words: Sequence[Seen]) -> Mapping[int, float]:
    """The places of what is in a text, from 0 to `PLACES` - 1, with their weights."""
    placed: dict[int, float] = {}
    for one in words:
        if one.kind != "group":
            placed[_place(f"w {one.token.word}")] = WORDS
        if not (one.kind or one.token.quoted):
            for place in _letters(one.token.word):
                placed.setdefault(place, LETTERS)
    for name in _forms(words):
        placed[_place(name)] = FORMS
    for name in _classes(words):
        placed[_place(name)] = CLASSES
    return placed


def _forms(words: Sequence[Seen]) -> Iterator[str]:
    """One to three words in a row, by their class where they have one."""
    forms = _with_quotes(words)
    for size in (1, 2, 3):
        yield from (f"f{size} {' '.join(forms[at : at + size])}" for at in range(len(forms) - size + 1))


def _classes(words: Sequence[Seen]) -> Iterator[str]:
    """Which classes there are, which stand near each other, and in what order, whatever stands between them."""
    found = [
        (at, one.kind)
        for at, one in enumerate(one for one in words if not one.token.quoted)
        if one.kind and one.kind != "thing"
    ]
    for index, (at, kind) in enumerate(found):
        yield from (f"n {kind} {other}" for there, other in found[index + 1 : index + 1 + NEAR] if there - at <= NEAR)
    order = ["<", *(kind for _, kind in found), ">"]
    for size in (3, 4):
        yield from (f"s{size} {' '.join(order[at : at + size])}" for at in range(len(order) - size + 1))
    kinds = sorted({kind for _, kind in found})
    yield from (f"k {kind}" for kind in kinds)
    yield from (f"k {one} {other}" for at, one in enumerate(kinds) for other in kinds[at + 1 :])
    yield from (f"q {one.kind}" for one in words if one.token.quoted and one.kind)


def _with_quotes(words: Sequence[Seen]) -> list[str]:
    """The forms of a text, a quotation in it as one: what it says is not said by who writes."""
    forms: list[str] = ["<start>"]
    for one in words:
        if not one.token.quoted:
            forms.append(one.form)
            continue
        mark = "<quoted-bad>" if one.kind in HURTFUL or one.kind == "dislike" else "<quoted>"
        if not forms[-1].startswith("<quoted"):
            forms.append(mark)
        elif mark == "<quoted-bad>":
            forms[-1] = mark
    return [*forms, "<end>"]


@lru_cache(maxsize=20_000)
def _letters(word: str) -> tuple[int, ...]:
    """Pieces of three to five letters of a word that has no class: parts of compounds and misspellings."""
    whole = f"_{word[:40]}_"
    return tuple(_place(f"c {whole[at : at + size]}") for size in (3, 4, 5) for at in range(len(whole) - size + 1))


def _place(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "replace")) % PLACES
