"""Texts from the phrase grammar of material.toml: attacks, harmless look-alikes and plain texts in several languages.

Written for this project, so that the classifier can be trained on material of a known licence (Apache-2.0).
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "material.toml"
SEED = 11
EACH = {"attack": 12, "planted": 8, "lookalike": 8, "plain": 12}  # texts from one template, at most
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the grammar; `kind` is attack, planted (an attack inside of a document), lookalike or plain."""

    text: str
    kind: str
    language: str

    @property
    def is_attack(self) -> bool:
        return self.kind in ("attack", "planted")


def material() -> list[Text]:
    """All texts of the grammar, the same ones each time."""
    drawn = random.Random(SEED)
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = [text for language, part in told.items() for text in _of_language(language, part, drawn)]
    return list(dict.fromkeys(found))


def _of_language(language: str, part: Mapping[str, Sequence[str]], drawn: random.Random) -> Iterator[Text]:
    slots: Mapping[str, Sequence[str]] = part["slots"]  # type: ignore[assignment]
    for kind, most in EACH.items():
        for template in part[kind]:
            for _ in range(most if _SLOT.search(template) else 1):
                yield Text(_styled(_filled(template, slots, drawn), drawn), kind, language)


def _filled(template: str, slots: Mapping[str, Sequence[str]], drawn: random.Random) -> str:
    while _SLOT.search(template):
        template = _SLOT.sub(lambda slot: drawn.choice(slots[slot[1]]), template)
    return " ".join(template.split()).replace(" .", ".").replace(" ,", ",")


def _styled(text: str, drawn: random.Random) -> str:
    """As people write: at times without capitals, shouting, or without the last mark."""
    style = drawn.random()
    if style < 0.15:
        return text.lower()
    if style < 0.2:
        return text.upper()
    if style < 0.3:
        return text.rstrip(".?!")
    return text[:1].upper() + text[1:]
