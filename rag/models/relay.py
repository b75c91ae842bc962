"""A line in front of another one: as that one in all but what it changes."""

from collections.abc import Iterator, Sequence
from typing import Any

from rag.cancellation import Cancellation
from rag.models.chat import Message, Piece
from rag.models.line import Line
from rag.problems import Kind


class Relay(Line):
    """Hands everything on. Has no door, no places and no records of its own."""

    def __init__(self, line: Line) -> None:
        self.name, self.pace, self._line = line.name, line.pace, line

    @property
    def is_open(self) -> bool:
        return self._line.is_open

    @property
    def typical_usd(self) -> float | None:
        return self._line.typical_usd

    def judged(self, problem: Kind | None) -> None:
        self._line.judged(problem)

    def stream(self, messages: Sequence[Message], cancellation: Cancellation, **how: Any) -> Iterator[Piece]:
        yield from self._line.stream(messages, cancellation, **how)
