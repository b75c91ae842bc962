"""What attacks say, in several languages: parts of speech in an order (rules.toml), and marks of faked messages.

A text is read once, word by word; a rule looks a fixed number of words ahead. So time grows with the text's length
and no text makes it grow faster.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from guards.injection.words import Word, bits, words
from guards.injection.words import rules as told

GAP = 4  # words between two parts, where a rule does not say

# Marks of chat templates, and headings that only messages of a chat have. Sources: the templates of ChatML, Llama 2
# and 3, Mistral, Gemma, Phi, Alpaca and Vicuna, as their model cards print them.
_MARKS = re.compile(
    r"<\|(?:im_start|im_end|im_sep|system|user|assistant|end|endoftext|eot_id|start_header_id|end_header_id|begin_of_text)"
    r"\|>|\[/?INST\]|<</?SYS>>|</?(?:start|end)_of_turn>|(?:<s>|</s>)\s*\[|\[/?system\](?!\()|\[rest-of-document\]"
    r"|</?(?:system|assistant|system_prompt|instructions)(?:[ _-](?:mode|message|prompt|note))?>"
    r"|^[#* \t]{0,8}(?:system|assistant)(?: prompt| message| note)?\**\s*:(?=\s*\S)"
    r"|^[ \t]{0,8}#{2,6}[ \t]*(?:instruction|response|system|new instructions?)\b\s*:?"
    r"|(?-i:\bSYSTEM (?:OVERRIDE|MODE|NOTICE)\b)",
    re.IGNORECASE | re.MULTILINE,
)
MANY_MARKS = 8
_BREAK = re.compile(r"[.!?;|·]\s")


@dataclass(frozen=True, slots=True)
class Seen:
    """Something attacks say: its kind, and its span in the text it was found in."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    slots: tuple[int, ...]
    gap: int
    stand: str


def seen(text: str, *, document: bool = False) -> list[Seen]:
    """All that is found, in the order of the text; one of a kind where several overlap."""
    said = list(_by_rules(words(text), "document" if document else "question"))
    if document:  # who writes for a machine writes whole sentences; tables and lists do not
        said = [one for one in said if not _BREAK.search(text, one.start, one.end)]
    found = [*_marks(text), *said]
    kept: list[Seen] = []
    until: dict[str, int] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= until.get(one.kind, -1):
            kept.append(one)
            until[one.kind] = one.end
    return kept


@cache
def whys() -> dict[str, str]:
    """A sentence for the reader for each kind."""
    return dict(told()["why"])


def kinds() -> tuple[str, ...]:
    """All kinds, in an order that stays."""
    return tuple(sorted(whys()))


def _marks(text: str) -> Iterator[Seen]:
    for count, mark in enumerate(_MARKS.finditer(text)):
        if count == MANY_MARKS:
            return
        yield Seen("fake_turn", mark.start(), mark.end())


def _by_rules(said: Sequence[Word], stand: str) -> Iterator[Seen]:
    for place, word in enumerate(said):
        if word.parts:
            for rule in _beginning_with(word.parts):
                if rule.stand in ("", stand) and (last := _last(said, place, rule)) is not None:
                    yield Seen(rule.kind, word.start, last.end)


def _last(said: Sequence[Word], place: int, rule: _Rule) -> Word | None:
    """The word that fills the rule's last slot, each filled by the next word that can."""
    for slot in rule.slots[1:]:
        for ahead in range(place + 1, min(place + rule.gap + 2, len(said))):
            if said[ahead].parts & slot:
                place = ahead
                break
        else:
            return None
    return said[place]


@cache
def _beginning_with(parts: int) -> tuple[_Rule, ...]:
    return tuple(rule for rule in _rules() if rule.slots[0] & parts)


@cache
def _rules() -> tuple[_Rule, ...]:
    found = []
    for rule in told()["rule"]:
        slots = tuple(bits(slot) for slot in rule["parts"].split())
        orders = sorted(set(permutations(slots))) if rule.get("any_order") else [slots]
        found += [_Rule(rule["kind"], order, rule.get("gap", GAP), rule.get("stand", "")) for order in orders]
    return tuple(found)
