"""A filter of the inbox as the address of a page has it, so that a link opens the same list."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from store.records.inbox import ItemFilter, ItemOrder, ItemStatus
from store.records.talk import AnswerState, Support

ORDERS: tuple[ItemOrder, ...] = get_args(ItemOrder)
LONGEST = 200  # characters of one value
_YES_NO = {"1": True, "0": False}
_RATINGS = {"up": 1, "down": -1, "none": 0}
_ONE_OF: Mapping[str, tuple[str, ...]] = {
    "support": get_args(Support),
    "state": get_args(AnswerState),
    "status": get_args(ItemStatus),
}
_FLAGS, _NUMBERS, _DAYS = ("corrected", "appealed", "resolved"), ("document", "topic"), ("since", "until")
NAMES = tuple(field.name for field in fields(ItemFilter) if field.name != "unmasked")  # nobody asks for that


def address(wanted: ItemFilter, order: ItemOrder = "worth") -> dict[str, str]:
    """What stands in the address; nothing for what is not asked."""
    said = {name: _word(name, value) for name in NAMES if (value := getattr(wanted, name)) not in (None, "")}
    return said if order == "worth" else said | {"order": order}


def told(wanted: ItemFilter) -> list[str]:
    """What was asked for, for the audit log; of a search not its words, which may be somebody's."""
    asked = {name: value for name in NAMES if (value := getattr(wanted, name)) not in (None, "")}
    return [name if name == "words" else f"{name} {value}" for name, value in asked.items()]


def read(said: Mapping[str, str]) -> tuple[ItemFilter, ItemOrder]:
    """Filter and order that an address asks for; what makes no sense is left out."""
    values = {
        name: value for name in NAMES if name in said and (value := _value(name, said[name][:LONGEST])) is not None
    }
    order = said.get("order")
    return ItemFilter(**values), next((one for one in ORDERS if one == order), "worth")


def _word(name: str, value: Any) -> str:
    if name == "rating":
        return next(word for word, rating in _RATINGS.items() if rating == value)
    if isinstance(value, bool):
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _value(name: str, word: str) -> Any:
    if name == "rating":
        return _RATINGS.get(word)
    if name in _FLAGS:
        return _YES_NO.get(word)
    if name in _ONE_OF:
        return word if word in _ONE_OF[name] else None
    if name in _NUMBERS:
        return int(word) if word.isascii() and word.isdigit() and len(word) <= 15 else None
    if name in _DAYS:
        try:
            return date.fromisoformat(word)
        except ValueError:
            return None
    return word.strip() or None
