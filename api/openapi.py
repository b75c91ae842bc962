"""The OpenAPI document: made from the forms that check requests, so that it cannot say something else than they do."""

from dataclasses import dataclass
from importlib import metadata
from typing import Any

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from api.answers import ErrorForm
from api.forms import MESSAGES, Form
from api.operations import OPERATIONS, Operation, Who
from api.troubles import Trouble

VERSION = "3.1.1"
KEY = "key"
REF = "#/components/schemas/{model}"
RETRY_AFTER = {"description": "When to come back, in seconds.", "schema": {"type": "integer", "minimum": 1}}
WHO: dict[Who, str] = {
    "everybody": "For everybody, without a key.",
    "clients": "For programs on this machine, and from elsewhere with a key of any scope.",
}
JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take; 0 in the last two sets no limit."""

    max_kilobytes: int
    seconds: float
    questions_per_minute: int
    questions_per_hour: int

    def sentences(self) -> list[str]:
        """For people."""
        found = [
            f"The body of a request may have {self.max_kilobytes} kilobytes and {MESSAGES} messages.",
            f"An answer may take {self.seconds:g} seconds.",
        ]
        for often, span in ((self.questions_per_minute, "minute"), (self.questions_per_hour, "hour")):
            found += [f"One person may ask {often} questions in a{'n' * (span == 'hour')} {span}."] if often else []
        return found


def document(name: str, limits: Limits) -> JsonObject:
    """The document of the app of this name, ready for JSON."""
    paths: dict[str, JsonObject] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": VERSION,
        "info": {
            "title": f"{name}: the API for programs",
            "version": metadata.version("footnote"),
            "summary": "Answers from a team's own documents, with footnotes, in the form of OpenAI's API.",
            "description": " ".join(limits.sentences()),
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server this document comes from."}],
        "paths": paths,
        "components": {"schemas": _schemas(), "securitySchemes": {KEY: _scheme()}},
    }


def who(one: Operation) -> str:
    """Who may do this, in words."""
    return WHO.get(one.who) or f"For programs on this machine, and from elsewhere with a key of the scope `{one.who}`."


def _scheme() -> JsonObject:
    said = "Programs on this machine need no key. From elsewhere send one made by `footnote keys add`: "
    said += "`Authorization: Bearer fn-…`."
    return {"type": "http", "scheme": "bearer", "description": said}


def _operation(one: Operation) -> JsonObject:
    asked: JsonObject = {}
    if one.takes:
        examples = {name: {"value": body} for name, body in one.examples.items()}
        asked = {"requestBody": {"required": True, "content": {"application/json": _of(one.takes, examples=examples)}}}
    responses = {"200": {"description": "As asked.", "content": {kind: _of(form) for kind, form in one.gives.items()}}}
    if one.down:
        responses["503"] = {"description": "It cannot.", "content": {"application/json": _of(one.down)}}
    responses |= {str(status): _failed(found) for status, found in one.troubles.items()}
    scopes = [] if one.who == "clients" else [one.who]
    return {
        "operationId": f"{one.method}{one.path}".translate(str.maketrans("/.", "__")).lower(),
        "summary": one.summary,
        "description": f"{one.about}\n\n{who(one)}",
        "security": [] if one.who == "everybody" else [{}, {KEY: scopes}],
        **asked,
        "responses": responses,
    }


def _of(form: type[Form] | None, **more: Any) -> JsonObject:
    return {"schema": {"$ref": REF.format(model=form.__name__)} if form else {"type": "string"}, **more}


def _failed(found: tuple[Trouble, ...]) -> JsonObject:
    said = "\n".join(f"- `{one.code}`: {one.when}" for one in found)
    headers = {"headers": {"Retry-After": RETRY_AFTER}} if any(one.again for one in found) else {}
    return {"description": said, **headers, "content": {"application/json": _of(ErrorForm)}}


def _schemas() -> JsonObject:
    """The forms, also those within others."""
    taken: set[type[Form]] = {one.takes for one in OPERATIONS if one.takes}
    given = {form for one in OPERATIONS for form in (*one.gives.values(), one.down) if form} | {ErrorForm}
    modes: list[tuple[type[Form], JsonSchemaMode]] = [
        *((form, "validation") for form in sorted(taken, key=_name)),
        *((form, "serialization") for form in sorted(given, key=_name)),
    ]
    _, made = models_json_schema(modes, ref_template=REF)
    return {name: _plain(schema) for name, schema in made["$defs"].items()}


def _name(form: type[Form]) -> str:
    return form.__name__


def _plain(schema: JsonObject) -> JsonObject:
    """Without what tells nothing: titles that repeat the names, defaults that stand for what is missing."""
    fields = {
        name: {key: value for key, value in field.items() if key not in ("title", "default")}
        for name, field in schema["properties"].items()
    }
    return {key: value for key, value in schema.items() if key != "title"} | {"properties": fields}
