"""An object of nearly the right shape put into the right one, where its meaning is plain. No word is added."""

import json
import re

from guards import claims
from guards.keys import Value, plain, under
from guards.thoughts import spoken

_ANSWER = frozenset(("answer", "response", "text", "reply", "output", "content", "finalanswer", "answertext"))
_KEYS = {
    "answer": _ANSWER,
    "citations": frozenset(
        ("citations", "citation", "sources", "source", "references", "reference", "footnotes", "quotes", "evidence")
    ),
    "answerable": frozenset(("answerable", "isanswerable")),
    "follow_ups": frozenset(("followups", "followup", "followupquestions", "suggestedquestions", "nextquestions")),
}
_NO = (False, "false", "no")
_ITEM = re.compile(r"\s*(?:[-*+•] |\d{1,2}[.)] )")
_FENCE = re.compile(r"^```\w*\s*|\s*```$")
DEEPEST = 3


def shaped(value: Value, repaired: list[str], depth: int = DEEPEST) -> dict[str, object]:
    """The object with the schema's keys and types, as far as they are plain; adds what was done to `repaired`."""
    value = _unwrapped(value, repaired)
    found = {name: under(value, name, names, repaired) for name, names in _KEYS.items()}
    put = {name: one for name, one in found.items() if one is not None}
    if "citations" in put:
        put["citations"] = claims.listed(put["citations"], repaired)
    if "follow_ups" in put:
        put["follow_ups"] = _questions(put["follow_ups"], repaired)
    inner = _inner(put.get("answer"), repaired) if depth else None
    if inner is not None:
        return {**put, **shaped(inner, repaired, depth - 1)}
    if "answer" in put:
        put["answer"] = _text(put["answer"], repaired)
    elif "answer" in value and put.get("answerable") in _NO:
        repaired.append("no answer at all")
        put["answer"] = ""
    return put


def has_answer(value: Value) -> bool:
    """Whether an object holds an answer under one of its names."""
    return any(plain(key) in _ANSWER and isinstance(one, str | list | dict) for key, one in value.items())


def _unwrapped(value: Value, repaired: list[str]) -> Value:
    """The object inside of another one that holds no answer of its own, such as a call of a tool."""
    inner = [one for one in value.values() if isinstance(one, dict) and has_answer(one)]
    if len(inner) != 1 or any(plain(key) in _ANSWER for key in value):
        return value
    repaired.append("an object around it")
    return inner[0]


def _inner(answer: object, repaired: list[str]) -> Value | None:
    """The whole draft where it stands inside of its own answer. JSON of another kind may be what was asked about."""
    how = "an answer in parts"
    if isinstance(answer, str):
        text, how = _FENCE.sub("", answer.strip()), "JSON within JSON"
        try:
            answer = json.loads(text, strict=False) if text[:1] == "{" else None
        except (ValueError, RecursionError):
            return None
        if not isinstance(answer, dict) or not any(plain(key) == "answer" for key in answer):
            return None
    if not isinstance(answer, dict) or not has_answer(answer):
        return None
    repaired.append(how)
    return answer


def _text(value: object, repaired: list[str]) -> object:
    """An answer's text: its paragraphs or items as one, without reasoning."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        repaired.append("an answer in parts")
        value = ("\n" if all(_ITEM.match(one) for one in value) else "\n\n").join(value)
    if isinstance(value, str) and (said := spoken(value)) != value:
        repaired.append("reasoning in the answer")
        return said.strip()
    return value


def _questions(value: object, repaired: list[str]) -> list[str]:
    """Follow-ups can be done without: what is no text is left out."""
    kept = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one.strip()]
    if kept != value:
        repaired.append("follow-ups that are no list of texts")
    return kept
