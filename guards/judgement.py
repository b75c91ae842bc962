"""What a model that judges is asked to write: two verdicts, read out of its reply like any other JSON of a model."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from guards.finding import objects
from guards.reading import NO_JSON

_SAID = {"yes": True, "true": True, "no": False, "false": False}


def _in_words(value: object) -> object:
    """Yes and no for true and false, and nothing else: a mark of 3 of 5 is no verdict."""
    if isinstance(value, str):
        return _SAID.get(value.strip().lower(), value)
    return value


def _closed(schema: dict[str, Any]) -> None:
    """As OpenAI's strict mode wants it."""
    schema["additionalProperties"] = False


Told = Annotated[bool, BeforeValidator(_in_words), Field(strict=True)]


class Judgement(BaseModel):
    """The reason stands first: what is written before a verdict can weigh in it. It is not kept."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_closed)

    reason: str = Field(description="In at most thirty words, what speaks for and against the answer.")
    faithful: Told = Field(description="True when the passages say everything that the answer says.")
    useful: Told = Field(description="True when the answer gives the asker what the passages hold for the question.")


def read_judgement(raw: str) -> Judgement | str:
    """The verdicts in a model's text, or why there are none, in words that hold none of it."""
    problem = NO_JSON
    for found in objects(raw):
        try:
            return Judgement.model_validate(found.value)
        except ValidationError as error:
            told = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            problem = "; ".join(told)
    return problem


def judgement_format() -> dict[str, Any]:
    """The `response_format` of a chat completion that asks for a `Judgement`."""
    schema = Judgement.model_json_schema()
    return {"type": "json_schema", "json_schema": {"name": "judgement", "strict": True, "schema": schema}}
