"""The sentences of `toxicity.toml` and of the sample documents, to learn from."""

import codecs
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guards.toxicity.words import FIRST, vocabularies

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = Path(__file__).with_name("toxicity.toml")
FILLINGS = 4  # sentences made of one with placeholders
PLAIN = 1500  # sentences of the sample documents at most, about nothing hurtful
SHORTEST, LONGEST = 30, 400  # characters of those
SEED = 7
_CLASSES = {"insult": ("insult", "bad"), "dehumans": ("dehuman",), "slur": ("slur", "ambiguous"), "groups": ("group",)}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and whether it is toxic; `source` says where it is from."""

    text: str
    toxic: bool
    source: str
    id: str = ""


def own() -> list[Sentence]:
    """All of it, the same each time."""
    return [*_written(random.Random(SEED)), *_plain(random.Random(SEED))]


def _written(chance: random.Random) -> Iterator[Sentence]:
    told = tomllib.loads(MATERIAL.read_text("utf-8"))
    veiled = told["veiled"]
    for toxic, by_language in ((True, veiled["toxic"]), (False, veiled["clean"]), (False, told["clean"])):
        for language, patterns in by_language.items():
            for kept in patterns:
                pattern = kept if by_language is told["clean"] else codecs.decode(kept, "rot13")
                for _ in range(FILLINGS if "{" in pattern else 1):
                    filled = _filled(pattern, language, told["groups"], chance)
                    yield Sentence(filled, toxic, f"own {language}")


def _filled(pattern: str, language: str, groups: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    def word(found: re.Match[str]) -> str:
        if language == FIRST and (own := {"groups": "many", "group1": "one"}.get(found[1])):
            return chance.choice(groups[own])
        kinds = _CLASSES[found[1]]
        return chance.choice([one for one, kind in vocabularies()[language].classes.items() if kind in kinds])

    return _PLACEHOLDER.sub(word, pattern)


def _plain(chance: random.Random) -> list[Sentence]:
    """Sentences of the sample documents."""
    pages = sorted((ROOT / "samples").rglob("*.md"))
    split = [one for page in pages for one in re.split(r"\n\n|(?<=[.!?])\s", page.read_text("utf-8"))]
    texts = [" ".join(one.split())[:LONGEST] for one in split]
    found = [Sentence(text, toxic=False, source="own documents") for text in texts if len(text) > SHORTEST]
    chance.shuffle(found)
    return found[:PLAIN]
