"""The inbox of analysts: what to show of it, and what it shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from store.records.talk import AnswerRecord, AnswerState, QuestionRecord, Rating, Support, TraceRecord

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
    unmasked: bool = False  # also words that are hidden from most reviewers; for rag/review/masking.py to say


ItemOrder = Literal["worth", "newest", "oldest", "support", "slowest", "dearest"]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the list shows it; question and answer may be cut."""

    id: int  # of the answer
    question: str
    answer: str
    state: AnswerState
    writer: str | None
    rating: Rating
    corrected: bool
    appealed: bool
    support: Support | None
    sentences: int
    supported: int
    worth: int
    status: ItemStatus
    assignee: str | None
    created_at: datetime
    total_ms: float | None
    cost_usd: float | None
    facets: tuple[tuple[str, str], ...]  # kind and label, documents left out


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """Something items can be filtered by: its value, how it is called, and how many have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemOptions:
    """All that items can be filtered by, those that most have first."""

    writer: tuple[ItemChoice, ...]
    prompt: tuple[ItemChoice, ...]
    state: tuple[ItemChoice, ...]
    topic: tuple[ItemChoice, ...]
    assignee: tuple[ItemChoice, ...]
    reason: tuple[ItemChoice, ...]
    signal: tuple[ItemChoice, ...]
    guard: tuple[ItemChoice, ...]
    conflict: tuple[ItemChoice, ...]
    document: tuple[ItemChoice, ...]
    tag: tuple[ItemChoice, ...]


@dataclass(frozen=True, slots=True)
class EventRecord:
    """Something that was done with an item; `actor` is a person's id, None when that person was forgotten."""

    id: int
    message_id: int
    actor: str | None
    kind: str
    detail: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SavedFilterRecord:
    id: int
    name: str
    wanted: dict[str, str]  # as in the address of a page
    by: str | None  # who made it
    owner: str | None = None  # whose it is; nobody's are shared by all

    @property
    def is_shared(self) -> bool:
        return self.owner is None


@dataclass(frozen=True, slots=True)
class SignalRecord:
    """Something a reader did with an answer, and how often."""

    kind: str
    count: int
    detail: str


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item with the conversation it stands in, as it is stored."""

    row: ItemRow
    conversation_id: str
    person: str  # who asked
    asked: tuple[QuestionRecord, ...]  # the whole conversation
    trace: TraceRecord | None
    topic: str | None
    signals: tuple[SignalRecord, ...]
    events: tuple[EventRecord, ...]  # its history, the earliest first

    @property
    def question(self) -> QuestionRecord:
        """The one it answers."""
        return next(one for one in self.asked if any(answer.id == self.row.id for answer in one.answers))

    @property
    def answer(self) -> AnswerRecord:
        return next(answer for answer in self.question.answers if answer.id == self.row.id)

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(label for kind, label in self.row.facets if kind == "tag")


@dataclass(frozen=True, slots=True)
class ItemAct:
    """A change of items: a status, an assignee (None: nobody), a tag that is put on or taken off."""

    kind: Literal["status", "assignee", "tag", "untag"]
    value: str | None


Undo = tuple[tuple[ItemAct, tuple[int, ...]], ...]  # what brings back what was, each with its items
