"""Documents to ask about, and what tests read off the events of an answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from rag.cancellation import Cancellation
from rag.events import Event
from rag.house import House
from rag.types import Answer, Question, Turn

REFUNDS = (
    "# Refunds\n\nA customer who returns a lamp within thirty days gets the full price back. "
    "The refund is paid to the same card within five working days.\n"
)
TRAVEL = "# Travel\n\nA hotel night is reimbursed up to 140 euros. Trains are booked in second class.\n"
LIBRARY = {"refunds.md": REFUNDS, "travel.md": TRAVEL}
HOTEL = "How much is reimbursed for a hotel night?"
HOTEL_SENTENCE = "A hotel night is reimbursed up to 140 euros."


def events_of(house: House, text: str, history: Sequence[tuple[str, str]] = (), *, person: str = "") -> list[Event]:
    """All events of one answer."""
    question = Question(text, tuple(Turn(*turn) for turn in history), person=person)
    return list(house.pipeline.answer(question, Cancellation()))


def kinds(events: Iterable[Event]) -> list[str]:
    """The kinds of the events in order, runs of text as one."""
    found: list[str] = []
    for event in events:
        if not (event.kind == "text_delta" and found[-1:] == ["text_delta"]):
            found.append(event.kind)
    return found


def of_kind(events: Iterable[Event], kind: str) -> list[Any]:
    return [event for event in events if event.kind == kind]


def answer_of(events: Sequence[Event]) -> Answer:
    """The answer that the last event carries."""
    answer: Answer = events[-1].answer  # type: ignore[union-attr]
    return answer


def replayed(events: Iterable[Event]) -> list[str]:
    """Everything a reader sees, one text after the other: deltas add to it, revisions replace it."""
    seen = [""]
    for event in events:
        if event.kind == "text_delta":
            seen.append(seen[-1] + event.text)
        elif event.kind == "revised":
            seen.append(event.text)
    return seen
