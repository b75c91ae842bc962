"""The words of a text, each with the parts it can play in an attack (words.toml)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

FOLDER = Path(__file__).parent
SHORTEST = 2  # letters of the beginning of a word that stand for it
KNOWN = 20_000  # words whose parts are kept in memory

# Chinese and Japanese are written without spaces: each sign is a word. Words of India and Thailand hold marks that are
# no letters.
_WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff]|[^\\W_\u3040-\u30ff\u3400-\u9fff]"
    "[^\\W_\u3040-\u30ff\u3400-\u9fff\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff]*"
    "(?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff][^\\W_\u3040-\u30ff\u3400-\u9fff]*)*"
)
_loading = Lock()
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its span in the text, and its parts as bits."""

    text: str
    start: int
    end: int
    parts: int


@dataclass(slots=True)
class _Entries:
    """The words, beginnings of words and phrases of words.toml, each with the bits of its parts."""

    bits: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    beginnings: dict[str, int] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)

    def add(self, entry: str, bit: int) -> None:
        beginning = entry.removesuffix("*")
        pieces = [plain(piece) for piece in _WORD.findall(beginning.replace("_", " "))]
        if len(pieces) > 1:
            self.phrases.setdefault(pieces[0], []).append((tuple(pieces), bit))
            return
        kept = self.beginnings if entry.endswith("*") else self.words
        for piece in pieces:
            kept[piece] = kept.get(piece, 0) | bit


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    found = [(plain(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    texts = [word for word, _, _ in found]
    return [Word(*one, _parts(one[0]) | _of_phrases(texts, place)) for place, one in enumerate(found)]


def bits(slot: str) -> int:
    """The parts "a|b" of a rule as bits; "=word" is the word itself. Raises KeyError for a part that is not there."""
    found = 0
    for name in slot.split("|"):
        found |= _entries().bits[name]
    return found


@cache
def rules() -> dict[str, Any]:
    """What rules.toml says."""
    return tomllib.loads((FOLDER / "rules.toml").read_text(encoding="utf-8"))


def signal_words() -> Iterator[str]:
    """Whole words that attacks are made of, at least five letters of the Latin script long."""
    entries = _entries()
    told = ("override", "prior", "rules", "hidden", "prompt", "persona", "secret")
    wanted = 0
    for name in told:
        wanted |= entries.bits[name]
    for kept in (entries.words, entries.beginnings):
        yield from (word for word, parts in kept.items() if parts & wanted and len(word) > 4 and word.isascii())


def plays_a_part(word: str) -> bool:
    """Whether this word of at least four letters plays a part in attacks."""
    return len(word) > 3 and _parts(plain(word)) != 0


def plain(word: str) -> str:
    """A word without case, and without accents in scripts where they are no letters of their own."""
    word = word.casefold()
    if word.isascii() or _SIGN.match(word):
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in apart if not "\u0300" <= letter <= "\u036f")


def _of_phrases(texts: Sequence[str], place: int) -> int:
    found = 0
    for pieces, bit in _entries().phrases.get(texts[place], ()):
        if tuple(texts[place : place + len(pieces)]) == pieces:
            found |= bit
    return found


@lru_cache(KNOWN)
def _parts(word: str) -> int:
    entries = _entries()
    found = entries.words.get(word, 0)
    for end in range(SHORTEST, min(len(word), 24) + 1):
        found |= entries.beginnings.get(word[:end], 0)
    return found


def _entries() -> _Entries:
    with _loading:  # once, though many threads ask first
        return _loaded()


@cache
def _loaded() -> _Entries:
    entries = _Entries()
    listed = dict(tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))["parts"])
    names = (name for rule in rules()["rule"] for slot in rule["parts"].split() for name in slot.split("|"))
    listed |= {name: name[1:] for name in names if name.startswith("=")}
    for place, (name, told) in enumerate(listed.items()):
        entries.bits[name] = 1 << place
        for entry in told.split():
            entries.add(entry, 1 << place)
    return entries
