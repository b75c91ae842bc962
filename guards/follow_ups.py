"""Questions that a reader may ask next, as a model proposes them: those that are none are left out.

They are not worth asking the model again. They become buttons that send their words, so nothing but a short question
may pass: no address, nothing that orders or is made to be read by a model.
"""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from guards.schema import FOLLOW_UPS

LONGEST = 160  # characters
SAME = 92  # of 100: two questions that ask the same
_MARK = re.compile(r"(?<!\s)\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_NUMBERING = re.compile(r"\A\s*(?:[-*+•]|\(?\d{1,2}[.)])\s+")
_ASKS = re.compile(
    r"[?？؟\u037e]\s*\Z|\A(?:how|what|when|where|which|who|whose|why|is|are|can|does|do|wie|was|wann|wo|welche[rs]?|wer|warum"
    r"|kann|gibt|comment|quand|quel(?:le)?s?|qui|pourquoi|est-ce|cómo|cuándo|cuál|qué|quién|come|quando|quale|chi|perché"
    r"|hoe|waar|wanneer|hur|när|jak|kiedy|gdzie)\b",
    re.IGNORECASE,
)
_NO_WORDS = re.compile(r"https?:|www\.|://|\]\(|[<>{}`|\n]|\S@\S|data:|javascript:", re.IGNORECASE)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|reveal|pretend|jailbreak)\b|\b(?:system|hidden|previous|above) "
    r"(?:prompt|instruction|message|rule)|\binstructions? (?:above|before)|\byou are now\b|\bvergiss\b|\bignorier",
    re.IGNORECASE,
)


def sane(proposed: Iterable[str], question: str) -> tuple[str, ...]:
    """The short questions among them, each once, at most three, and not the one that was asked."""
    kept: list[str] = []
    for one in proposed:
        said = _MARK.sub("", _NUMBERING.sub("", one)).strip().strip('"“”„')
        if _is_question(said) and not any(_same(said, other) for other in (question, *kept)):
            kept.append(said)
    return tuple(kept[:FOLLOW_UPS])


def _is_question(said: str) -> bool:
    return (
        2 < len(said) <= LONGEST and bool(_ASKS.search(said)) and not (_NO_WORDS.search(said) or _ORDERS.search(said))
    )


def _same(one: str, other: str) -> bool:
    """Also with other signs and capitals; with other figures they are not."""
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    return fuzz.ratio(_bare(one), _bare(other)) >= SAME


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
