"""Citations in whatever shape a model gives them, as a list of passages with quotes. No word is added."""

import re
from collections.abc import Iterator, Sequence

from guards.keys import Value, plain, under

_PASSAGE = frozenset(
    ("passage", "passagenumber", "passageid", "number", "n", "id", "source", "sourceid", "ref", "reference", "citation")
)
_QUOTE = frozenset(("quote", "quotation", "text", "excerpt", "snippet", "words", "content"))
_NUMBER = re.compile(
    r"\W{0,9}(?:passage|source|document|doc|reference|ref|citation|number|no)?[\W_]{0,9}(\d{1,3})\W{0,9}", re.IGNORECASE
)
_NUMBERED = re.compile(r"\s*\[(\d{1,3})\]\s*+[:\-–—]?\s*+(\S.*)", re.DOTALL)
_WRAPPING = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"))


def listed(value: object, repaired: list[str]) -> object:
    """A list of citations. When all of them name only passages it is empty: their words are to be looked up."""
    if isinstance(value, dict):
        repaired.append("citations that are no list")
        value = list(_spread(value))
    if not isinstance(value, list):
        return value
    found = [one for many in value for one in _citations(many, repaired)]
    if found and all(isinstance(one, dict) and set(one) == {"passage"} for one in found):
        repaired.append("citations without quotes")
        return []
    return found


def _spread(value: Value) -> Iterator[object]:
    """The citations of an object: it is one itself, or has the passages as its keys."""
    if any(plain(key) in _QUOTE for key in value):
        yield value
        return
    for key, below in value.items():
        for quote in below if isinstance(below, list) else [below]:
            yield {"passage": key, **quote} if isinstance(quote, dict) else {"passage": key, "quote": quote}


def _citations(value: object, repaired: list[str]) -> Sequence[object]:
    """One citation; more where it has several quotes."""
    match value:
        case dict():
            return _entry(value, repaired)
        case int() if not isinstance(value, bool):
            return [{"passage": value}]
        case str() if numbered := _NUMBERED.fullmatch(value):
            repaired.append("citations that are texts")
            return [{"passage": int(numbered[1]), "quote": _bare(numbered[2].strip())}]
        case str() if number := _NUMBER.fullmatch(value):
            return [{"passage": int(number[1])}]
        case [str() | int() as passage, str() as quote]:
            repaired.append("citations that are lists")
            return [{"passage": _number(passage, repaired), "quote": quote}]
        case _:
            return [value]


def _entry(value: Value, repaired: list[str]) -> Sequence[object]:
    passage, quote = under(value, "passage", _PASSAGE, repaired), under(value, "quote", _QUOTE, repaired)
    entry = {} if passage is None else {"passage": _number(passage, repaired)}
    if isinstance(quote, list) and quote:
        repaired.append("several quotes in one citation")
        return [{**entry, "quote": one} for one in quote]
    return [{**entry, "quote": quote}] if quote else [entry]


def _number(value: object, repaired: list[str]) -> object:
    """The passage's number in a text such as "[2]"; anything else as it is."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    number = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    if number is None:
        return value
    repaired.append("passages that are texts")
    return int(number[1])


def _bare(quote: str) -> str:
    """A quote without the marks that the model set around it."""
    for left, right in _WRAPPING:
        if len(quote) > 2 and quote.startswith(left) and quote.endswith(right):
            return quote[1:-1]
    return quote
