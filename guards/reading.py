"""Reading a draft out of what a model wrote: its JSON is found, mended where that is safe, and put into the schema."""

import json
from dataclasses import dataclass

from pydantic import ValidationError

from guards.schema import Draft, extract_json

NO_JSON = "The text is not one whole JSON object; write only the JSON object, to its closing brace."


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, and what was repaired to get it; or no draft, and why."""

    draft: Draft | None
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()


def read(raw: str) -> Reading:
    """The draft in a model's text, or why there is none, in sentences that hold no word of it."""
    try:
        value = json.loads(extract_json(raw), strict=False)
    except (ValueError, RecursionError):
        return Reading(None, (NO_JSON,))
    try:
        return Reading(Draft.model_validate(value))
    except ValidationError as error:
        return Reading(None, tuple(f"{_path(e['loc'])}: {e['msg']}; keep to the schema." for e in error.errors()))


def is_whole(raw: str) -> bool:
    """Whether a model's text is one whole JSON object: then nothing of it is missing, however its stream ended."""
    try:
        return isinstance(json.loads(extract_json(raw), strict=False), dict)
    except (ValueError, RecursionError):
        return False


def prose(raw: str) -> str:
    """The words of a reply that holds no JSON at all; empty when it does."""
    text = extract_json(raw).strip()
    return "" if text.startswith(("{", "[")) else text


def _path(place: tuple[int | str, ...]) -> str:
    """A place in the JSON as a model would write it: citations[0].quote."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.removeprefix(".") or "The JSON"
