"""The answer schema: what a model is asked to write.

`answer` stands first, so that its text streams while the rest of the JSON grows (see `stream.py`).
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from guards.stream import AnswerStream, partial_answer

__all__ = ["AnswerStream", "Citation", "Draft", "partial_answer", "response_format"]

FOLLOW_UPS = 3

_SURROGATE = re.compile("[\ud800-\udfff]")


def _whole(value: object) -> object:
    """Replace halves of characters (a lone `\\ud83d`), which no database or socket takes."""
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def _listed(value: object) -> object:
    """Take `null` for an empty list: models write it, and it says the same."""
    return [] if value is None else value


def _first_few(value: object) -> object:
    """Drop follow-ups beyond the third: not worth asking the model again."""
    return value[:FOLLOW_UPS] if isinstance(value, list) else _listed(value)


def _strict(schema: dict[str, Any]) -> None:
    """Shape a model's JSON schema as OpenAI's strict mode wants it: closed, all required, no defaults."""
    for field in schema["properties"].values():
        field.pop("default", None)
    schema["required"] = list(schema["properties"])
    schema["additionalProperties"] = False


Words = Annotated[str, BeforeValidator(_whole)]


class Citation(BaseModel):
    """One footnote: the number of a passage and words copied from it."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_strict)

    passage: int = Field(description="The number of the passage, as given, starting at 1.")
    quote: Words = Field(description="Words copied from that passage exactly, without changes.")


class Draft(BaseModel):
    """What a model writes. Keys it makes up are ignored; more than three follow-ups are cut."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_strict)

    answer: Words = Field(description="The answer in Markdown, with [n] after each statement from passage n.")
    citations: Annotated[list[Citation], BeforeValidator(_listed)] = Field(
        default=[], description="For each [n] in the answer, the words of passage n it rests on."
    )
    answerable: bool = Field(default=True, description="False when the passages do not hold the answer.")
    follow_ups: Annotated[list[Words], BeforeValidator(_first_few)] = Field(
        default=[], description="At most three short questions the reader may ask next."
    )


def response_format() -> dict[str, Any]:
    """The `response_format` of a chat completion that asks for a `Draft`, in OpenAI's strict mode."""
    schema = Draft.model_json_schema()
    return {"type": "json_schema", "json_schema": {"name": "draft", "strict": True, "schema": schema}}
