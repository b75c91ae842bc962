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
TABLES = 300
LETTERS = "eeeeaaaiiooutttnnnsssrrrllddcmpghbvfkwyxzqj"
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
    return list(dict.fromkeys([*found, *rows_of_tables(drawn)]))


def rows_of_tables(drawn: random.Random) -> Iterator[Text]:
    """Harmless texts that are no prose: rows of tables, lists of people, logs, formulas, references."""
    for _ in range(TABLES):
        names = ["".join(drawn.choices(LETTERS, k=drawn.randrange(2, 9))).title() for _ in range(8)]
        figures = [_figure(drawn) for _ in range(8)]
        pairs = list(zip(names, figures, strict=True))
        shapes = (
            "\n".join(" · ".join(f"{name}: {_figure(drawn)}" for name in names[:5]) for _ in range(4)),
            " | ".join(names) + "\n" + "\n".join(" | ".join(_figure(drawn) for _ in names) for _ in range(4)),
            "\n".join(
                f"Name: {a} {b.title()} · E-mail: {a.lower()}@{b}.example · Extension: {f}"
                for a, b, f in _people(drawn)
            ),
            "\n".join(
                f"2026-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02} INFO {a.lower()} took {f} ms"
                for a, f in pairs
            ),
            " ".join(
                f"{a}({b[:1].lower()}) = {f} ∈ R, x ≤ {figures[0]} ⇒" for (a, f), b in zip(pairs, names, strict=True)
            ),
            "\n".join(
                f"[{n}] {a}, {b[:1]}. ({drawn.randrange(1950, 2026)}). {b} {a}, {f}."
                for n, ((a, f), b) in enumerate(zip(pairs, names[::-1], strict=True))
            ),
        )
        yield Text(drawn.choice(shapes), "plain", "table")


def _people(drawn: random.Random) -> list[tuple[str, str, str]]:
    def word() -> str:
        return "".join(drawn.choices(LETTERS, k=drawn.randrange(3, 9)))

    return [(word().title(), word(), _figure(drawn)) for _ in range(4)]


def _figure(drawn: random.Random) -> str:
    """A number as tables write them."""
    value = drawn.choice((drawn.randrange(10), drawn.randrange(10_000), drawn.random(), drawn.random() * 1000))
    style = drawn.choice(("{}", "{:,.2f}", "{:.3f}", "{:.0f} %", "{:,.0f} EUR", "−{:.1f}"))
    return style.format(value)


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
