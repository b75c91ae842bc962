"""The JSON objects in what a model wrote, among prose, fences and reasoning."""

import json
import re
from dataclasses import dataclass

from guards.lenient import Unreadable, read_value
from guards.thoughts import CLOSING, OPENING, end_of, spoken

TRIES = 30  # braces that turn out to be no object

_MARK = re.compile(rf"(?P<opening>{OPENING.pattern})|(?P<closing>{CLOSING.pattern})|\{{", re.IGNORECASE)
_FENCE = re.compile(r"^```\w*\s*|\s*```$")
_FRAME = re.compile(r"```\w*|\A[\"\[]+|[\"\]]+\Z")  # or a list or text of which it is all
_ESCAPED = re.compile(r'\{\s*\\"')
_DECODER = json.JSONDecoder(strict=False)
_SYNTAX = re.compile(r'"\s*(?:[:,]\s*["\[{]|[}\]])|[{\[]\s*"|[{,]\s*"?\w+"\s*:')


@dataclass(frozen=True, slots=True)
class Found:
    """An object, where it ends and begins in the text, and what was repaired to read it."""

    value: dict[str, object]
    end: int
    repaired: tuple[str, ...] = ()
    start: int = 0


def objects(text: str) -> list[Found]:
    """The objects that stand outside of reasoning, in order.

    Where the beginning of reasoning was lost, all that stands before its end is part of it.
    """
    found: list[Found] = []
    at, tries = 0, TRIES
    while tries and (mark := _MARK.search(text, at)):
        at = mark.end()
        if mark["opening"]:
            end = end_of(mark[0]).search(text, at)
            at = end.end() if end else len(text)
        elif mark["closing"]:
            found.clear()
        elif one := _decoded(text, mark.start()):
            found.append(one)
            at = one.end
        else:
            tries -= 1
    return found


def is_whole(text: str) -> bool:
    """Whether a text holds an object that needs no repair: then nothing of it is missing, however its stream ended."""
    return any(not one.repaired for one in objects(text))


def cut_off(text: str) -> str:
    """What may have been meant as an object and did not come to its end, from its brace on; else nothing."""
    said = spoken(text)
    brace = re.search(r'\{\s*"', said)
    return said[brace.start() :] if brace else ""


def prose(text: str) -> str:
    """The words of a text that holds no JSON at all, without reasoning and fences; empty when it does."""
    said = _FENCE.sub("", spoken(text).strip()).strip()
    return "" if _SYNTAX.search(said) or said.startswith(("{", "[{")) else said


def around(text: str, one: Found) -> tuple[str, ...]:
    """What stands around an object: reasoning, words, or a frame such as a fence."""
    before, behind = text[: one.start], text[one.end :]
    said = spoken(before)
    rest = (said + spoken(behind)).strip().removeprefix("\ufeff")
    words = _FRAME.sub("", rest).strip()
    told = {"reasoning": said != before, "words around it": bool(words), "a frame around it": words != rest}
    return tuple(name for name, is_so in told.items() if is_so)


def _decoded(text: str, start: int) -> Found | None:
    """The object that begins at this brace."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        pass
    else:
        return Found(value, end, start=start)
    if _ESCAPED.match(text, start):
        return _unescaped(text, start)
    try:
        value, end, repaired = read_value(text, start)
    except Unreadable:
        return None
    return Found(value, end, repaired, start) if isinstance(value, dict) else None


def _unescaped(text: str, start: int) -> Found | None:
    """An object whose quotes are all escaped, as inside of another JSON's text."""
    end = text.rfind("}") + 1
    try:
        value = json.loads(json.loads(f'"{text[start:end]}"', strict=False), strict=False)
    except (ValueError, RecursionError):
        return None
    return Found(value, end, ("JSON within JSON",), start) if isinstance(value, dict) else None
