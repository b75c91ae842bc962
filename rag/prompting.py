"""Prompts: Markdown files with a part for each message, filled in once so that no value is read as a template."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.types import Passage

FOLDER = Path(__file__).parent / "prompts"
_PART = re.compile(r"^## (\w+)\n", re.MULTILINE)
_SLOT = re.compile(r"\{\{(\w+)\}\}")


def read(name: str) -> str:
    """The text of a prompt's file."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def part(prompt: str, name: str, **values: str) -> str:
    """One part of a prompt with its slots filled. Raises KeyError for a part or value that is missing."""
    pieces = _PART.split(prompt)
    parts: Mapping[str, str] = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return _SLOT.sub(lambda slot: values[slot[1]], parts[name].strip())


def fenced(passages: Sequence[Passage], fence: str) -> str:
    """Passages as data between marks that no document can know beforehand, since `fence` is drawn anew each time."""
    return "\n\n".join(
        f'<passage-{fence} number="{passage.number}" document="{_attribute(passage.document)}" '
        f'section="{_attribute(passage.section)}">\n{passage.text}\n</passage-{fence}>'
        for passage in passages
    )


def _attribute(text: str) -> str:
    return text.replace('"', "'").replace("<", "(").replace(">", ")").replace("\n", " ")
