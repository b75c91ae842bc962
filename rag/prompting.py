"""Prompts: Markdown files with a part for each message, filled in once so that no value is read as a template."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from rag.citations import unmarked
from rag.examples import in_words
from rag.inert import inert
from rag.ingest.clean import one_line
from rag.models.chat import Message
from rag.task import Written
from rag.types import Passage, Question, Turn
from store.records import ExampleRecord

HISTORY_TURNS = 3
FOLDER = Path(__file__).parent / "prompts"
_PART = re.compile(r"^## (\w+)\n", re.MULTILINE)
_SLOT = re.compile(r"\{\{(\w+)\}\}")
LONGEST_HEADING = 200  # characters of a title or heading in a prompt


class Told(Protocol):
    """What a prompt tells of an answer in the making, see rag/task.py."""

    @property
    def question(self) -> Question: ...
    @property
    def examples(self) -> Sequence[ExampleRecord]: ...
    @property
    def fence(self) -> str: ...
    @property
    def written(self) -> Written: ...


def read(name: str) -> str:
    """The text of a prompt's file."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def part(prompt: str, name: str, **values: str) -> str:
    """One part of a prompt with its slots filled. Raises KeyError for a part or value that is missing."""
    pieces = _PART.split(prompt)
    parts: Mapping[str, str] = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    return _SLOT.sub(lambda slot: values[slot[1]], parts[name]).strip()


def fenced(passages: Sequence[Passage], fence: str) -> str:
    """Passages as data between marks that no document can know beforehand, since `fence` is drawn anew each time."""
    return "\n\n".join(
        f'<passage-{fence} number="{passage.number}" document="{_attribute(passage.document)}" '
        f'section="{_attribute(passage.section)}">\n{inert(passage.text)}\n</passage-{fence}>'
        for passage in passages
    )


def messages(
    prompt: str, brand: str, task: Told, passages: Sequence[Passage], history: Sequence[Turn]
) -> list[Message]:
    """What a model is sent for an answer: rules, the last turns, passages and question, and what is shown already."""
    rules = part(prompt, "system", brand=brand, fence=task.fence, examples=in_words(task.examples))
    sent = opening(prompt, rules, task.question.text, fenced(passages, task.fence), history)
    if shown := task.written.settled.text:
        sent.append(("human", part(prompt, "continue", shown=inert(shown))))
    return sent


def opening(prompt: str, rules: str, question: str, data: str, history: Sequence[Turn]) -> list[Message]:
    """Rules, the last turns, and a question with its passages as data: what a model is sent before it wrote a word."""
    sent: list[Message] = [("system", rules)]
    for turn in history[-HISTORY_TURNS:]:
        sent += [("human", inert(turn.question)), ("ai", inert(unmarked(turn.answer)))]
    return [*sent, ("human", part(prompt, "user", passages=data, question=inert(question)))]


def mend(prompt: str, problems: Sequence[str]) -> str:
    """The message that asks for the same answer once more, without these problems."""
    return part(prompt, "again", problems="\n".join(f"- {problem}" for problem in problems))


def _attribute(text: str) -> str:
    """A title or heading, which documents choose: one short line that ends no attribute and opens no mark."""
    line = one_line(text).replace('"', "'").replace("<", "(").replace(">", ")")
    return inert(line if len(line) <= LONGEST_HEADING else f"{line[:LONGEST_HEADING]} …")
