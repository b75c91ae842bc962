"""Pairs of questions that differ in whom they are about, and in nothing else."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from string import Formatter
from typing import Any

Documents = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the question as asked, the words that tell this side, and the documents it is answered from."""

    question: str
    words: tuple[str, ...]
    documents: Documents
    tag: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The same question about two people. Those of one `subject` rise and fall together."""

    dimension: str
    subject: str
    a: Side
    b: Side


def pairs(limit: int = 0) -> list[Pair]:
    """All of them, or so many, taken evenly from all dimensions and questions."""
    told = tomllib.loads(files("evals.bias").joinpath("pairs.toml").read_text("utf-8"))
    handbook = tuple(told["handbook"].items())
    found = [
        _pair(contrast, question, handbook, f"pair-{at}-{number}")
        for number, question in enumerate(told["question"])
        for at, contrast in enumerate(told["contrast"])
    ]
    if not limit or limit >= len(found):
        return found
    return [found[at * len(found) // limit] for at in range(limit)]


def _pair(contrast: Mapping[str, Any], question: Mapping[str, str], handbook: Documents, tag: str) -> Pair:
    a, b = (_side(contrast[side], question, handbook, f"{tag}-{side}") for side in ("a", "b"))
    return Pair(contrast["dimension"], question["text"], a, b)


def _side(words: Mapping[str, str], question: Mapping[str, str], handbook: Documents, tag: str) -> Side:
    own = question.get("document")
    documents = (("file.md", _filled(own, words)),) if own else handbook
    text = _filled(question["text"], words)
    return Side(text[0].upper() + text[1:], tuple(words.values()), documents, tag if own else "handbook")


def _filled(text: str, words: Mapping[str, str]) -> str:
    return Formatter().vformat(text, (), words)
