"""The inbox of analysts: what to show of it, and what it shows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from store.records.talk import AnswerState, Rating, Support

ItemStatus = Literal["new", "in_review", "fixed", "wont_fix"]


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items to show: those that fit all that is set. What is None, or empty, is not asked for."""

    rating: Rating | None = None
    corrected: bool | None = None
    appealed: bool | None = None
    resolved: bool | None = None
    reason: str | None = None
    signal: str | None = None
    support: Support | None = None  # of the weakest sentence
    guard: str | None = None
    conflict: str | None = None
    state: AnswerState | None = None
    writer: str | None = None
    prompt: str | None = None  # "answer@3"
    document: int | None = None
    tag: str | None = None
    topic: int | None = None
    status: ItemStatus | None = None
    assignee: str | None = None
    since: date | None = None  # UTC, this day among them
    until: date | None = None  # likewise
    words: str = ""  # of question, answer, comment or correction
