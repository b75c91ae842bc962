"""The OpenAPI document as a page for people: plain HTML that needs no script and loads nothing."""

import base64
import hashlib
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

STYLE = Path(__file__).with_name("page.css")
EVENTS = "text/event-stream"
JsonObject = dict[str, Any]


@cache
def style() -> str:
    return STYLE.read_text("utf-8")


@cache
def policy() -> str:
    """The page may do nothing but look as it should."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def page(document: JsonObject, address: str) -> str:
    """The whole page; its examples go to this address."""
    title = escape(document["info"]["title"])
    found = [(method, path, one) for path, methods in document["paths"].items() for method, one in methods.items()]
    routes = "".join(
        f'<li><a href="#{one["operationId"]}"><code>{method.upper()} {escape(path)}</code></a> {escape(one["summary"])}'
        for method, path, one in found
    )
    forms = document["components"]["schemas"]
    key = document["components"]["securitySchemes"]["key"]["description"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="data:,"><style>{style()}</style></head><body>'
        f'<a class="skip" href="#routes">Skip to the routes</a><header><h1>{title}</h1>'
        f"<p>{escape(document['info']['summary'])}</p><p>{escape(document['info']['description'])}</p>"
        f"{_words(key)}"
        '<p>For programs the same stands in <a href="openapi.json">openapi.json</a>. '
        "A click on an example selects it whole.</p>"
        f'<nav aria-label="Routes"><ul>{routes}</ul></nav></header>'
        f'<main id="routes">{"".join(_route(*one, address) for one in found)}'
        f'<section><h2 id="forms">Forms</h2>{"".join(_form(*form) for form in forms.items())}</section></main>'
        "</body></html>"
    )


def examples(document: JsonObject, method: str, path: str, address: str) -> Iterator[str]:
    """Commands for a shell, one for each example of the route."""
    one = document["paths"][path][method]
    url = shlex.quote(f"{address}{path}")
    content = one.get("requestBody", {}).get("content", {})
    if not content:
        yield f"curl {url}"
    for example in content.get("application/json", {}).get("examples", {}).values():
        body = shlex.quote(json.dumps(example["value"], ensure_ascii=False))
        many = "-N " if example["value"].get("stream") else ""
        yield f"curl {many}{url} \\\n  -H 'Content-Type: application/json' \\\n  -d {body}"


def _route(method: str, path: str, one: JsonObject, address: str) -> str:
    document = {"paths": {path: {method: one}}}
    commands = "".join(f"<pre><code>{escape(text)}</code></pre>" for text in examples(document, method, path, address))
    example = f"<h3>Example</h3>{commands}" if commands else ""
    taken = one.get("requestBody", {}).get("content", {}).get("application/json")
    body = f"<h3>Body</h3><p>JSON: {_kind(taken['schema'])}.</p>" if taken else ""
    answers = [_answer(status, answer) for status, answer in one["responses"].items()]
    failing = (
        f"<details><summary>When it fails</summary><dl>{''.join(answers[1:])}</dl></details>" if answers[1:] else ""
    )
    return (
        f'<section><h2 id="{one["operationId"]}"><span>{escape(one["summary"])}</span> '
        f"<code>{method.upper()} {escape(path)}</code></h2>{_words(one['description'])}"
        f"{example}{body}<h3>Answer</h3><dl>{answers[0]}</dl>{failing}</section>"
    )


def _answer(status: str, answer: JsonObject) -> str:
    kinds = (
        _kind(content["schema"]) if kind == "application/json" else _text(kind, content["schema"])
        for kind, content in answer["content"].items()
    )
    more = "".join(f" With the header <code>{escape(name)}</code>." for name in answer.get("headers", {}))
    return f"<dt><b>{status}</b> {' or '.join(kinds)}</dt><dd>{_words(answer['description'])}{more}</dd>"


def _text(kind: str, schema: JsonObject) -> str:
    return f"<code>{escape(kind)}</code>" + (f" of {_kind(schema)}" if kind == EVENTS else "")


def _form(name: str, schema: JsonObject) -> str:
    needed = schema.get("required", [])
    fields = "".join(
        f"<dt><code>{escape(field)}</code> {_kind(one)}{', required' if field in needed else ''}</dt>"
        f"<dd>{_words(one.get('description', ''))}</dd>"
        for field, one in schema["properties"].items()
    )
    return f'<h3 id="{escape(name)}">{escape(name)}</h3>{_words(schema.get("description", ""))}<dl>{fields}</dl>'


def _kind(schema: JsonObject) -> str:
    """What a value is, in words; a form is a link to it."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " or ".join(f"<code>{escape(json.dumps(value))}</code>" for value in values)
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}{_bounds(schema, 'Items', 'items')}"
    return str(schema.get("type", "anything")) + _bounds(schema, "Length", "characters")


def _bounds(schema: JsonObject, of: str, what: str) -> str:
    least, most = schema.get(f"min{of}"), schema.get(f"max{of}")
    said = [f"at {word} {bound:,}" for word, bound in (("least", least), ("most", most)) if bound is not None]
    return f" ({', '.join(said)} {what})" if said else ""


def _words(text: str) -> str:
    """Paragraphs and lists with `code` in them, as the document's descriptions have them."""
    made = []
    for block in filter(None, text.split("\n\n")):
        said = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(block, quote=False))
        items = said.removeprefix("- ").split("\n- ")
        made.append(
            f"<ul>{''.join(f'<li>{item}' for item in items)}</ul>" if said.startswith("- ") else f"<p>{said}</p>"
        )
    return "".join(made)
