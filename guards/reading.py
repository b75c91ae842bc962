"""Reading a draft out of what a model wrote: its JSON is found, mended where that is safe, and put into the schema."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from guards.finding import Found, around, objects
from guards.schema import Draft
from guards.shapes import has_answer, shaped

NO_JSON = "The text is not one whole JSON object; write only the JSON object, to its closing brace."


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft, and what was repaired to get it; or no draft, and why."""

    draft: Draft | None
    problems: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()


def read(raw: str) -> Reading:
    """The draft in a model's text, or why there is none, in sentences that hold no word of it."""
    found = objects(raw)
    chosen = next(_answers(found), found[0] if found else None)
    if chosen is None:
        return Reading(None, (NO_JSON,))
    repaired = list(chosen.repaired)
    value = shaped(chosen.value, repaired)
    repaired += around(raw, chosen)
    try:
        return Reading(Draft.model_validate(value), repaired=tuple(dict.fromkeys(repaired)))
    except ValidationError as error:
        return Reading(None, tuple(f"{_path(e['loc'])}: {e['msg']}; keep to the schema." for e in error.errors()))


def _answers(found: list[Found]) -> Iterator[Found]:
    """The objects with an answer, those that name it right first."""
    yield from (one for one in found if "answer" in one.value)
    yield from (one for one in found if has_answer(one.value))
    yield from (one for one in found if any(isinstance(v, dict) and has_answer(v) for v in one.value.values()))


def _path(place: tuple[int | str, ...]) -> str:
    """A place in the JSON as a model would write it: citations[0].quote."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.removeprefix(".") or "The JSON"
