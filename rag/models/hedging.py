"""Hedging: when the first model has not begun after its usual time, the second is asked too, and one of them is kept.

Writers see a line like any other. The request that lost is closed at once, and what both cost is told together.
"""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from rag.cancellation import Cancellation, Cancelled
from rag.models.chat import Message, Piece
from rag.models.line import Line
from rag.models.relay import Relay
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.types import Spend, Usage, unpaid
from store.records import Purpose

CLOSING_S = 5.0  # for the loser's request to end, so that its cost is known


def hedged(lines: Sequence[Line]) -> Sequence[Line]:
    """The same models for one answer; the first is helped out by the second."""
    if len(lines) < 2:
        return lines
    second = Reserve(lines[1])
    return [Hedge(lines[0], second), second, *lines[2:]]


class Reserve(Relay):
    """The second model: what it failed at while it helped out, it need not fail at again when its turn comes."""

    def __init__(self, line: Line) -> None:
        super().__init__(line)
        self.trouble: ModelTrouble | None = None

    def stream(self, messages: Sequence[Message], cancellation: Cancellation, **how: Any) -> Iterator[Piece]:
        if self.trouble:
            raise self.trouble
        yield from super().stream(messages, cancellation, **how)


@dataclass(slots=True)
class _Runner:
    """One of the two requests, read by a thread of its own."""

    line: Line
    said: "SimpleQueue[tuple[_Runner, Piece | Exception | None]]"
    cancellation: Cancellation = field(default_factory=Cancellation)
    usage: Usage = field(default_factory=Usage)
    thread: threading.Thread | None = None

    def start(self, messages: Sequence[Message], **how: Any) -> None:
        self.thread = threading.Thread(target=self._run, args=(messages, how), name="hedge", daemon=True)
        self.thread.start()

    def _run(self, messages: Sequence[Message], how: Mapping[str, Any]) -> None:
        try:
            for piece in self.line.stream(messages, self.cancellation, spend=self._spend, **how):
                self.said.put((self, piece))
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that reads
            self.said.put((self, error))
        else:
            self.said.put((self, None))

    def _spend(self, usage: Usage) -> None:
        self.usage += usage


class Hedge(Relay):
    """Streams the first model's answer, or the second's when it speaks first."""

    def __init__(self, first: Line, second: Reserve) -> None:
        super().__init__(first)
        self._second = second
        self._spoke: Line = first

    def judged(self, problem: Kind | None) -> None:
        self._spoke.judged(problem)

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        purpose: Purpose = "answer",
        spend: Spend = unpaid,
        **how: Any,
    ) -> Iterator[Piece]:
        """As `Line.stream`; each piece names the model that speaks."""
        how["purpose"] = purpose
        if purpose == "again":  # whoever wrote the draft mends it
            yield from self._spoke.stream(messages, cancellation, spend=spend, **how)
            return
        race = _Race(self._line, self._second, cancellation)
        try:
            for runner, piece in race.run(messages, how):
                self._spoke = runner.line
                yield piece
        finally:
            spend(race.end())


class _Race:
    """Both requests for one answer."""

    def __init__(self, first: Line, second: Reserve, cancellation: Cancellation) -> None:
        self._said: SimpleQueue[tuple[_Runner, Piece | Exception | None]] = SimpleQueue()
        self._first = _Runner(first, self._said)
        self._second = _Runner(second, self._said)
        self._reserve = second
        self._began: list[_Runner] = []
        self._cancellation = cancellation
        cancellation.on_cancel(lambda: self._said.put((self._first, Cancelled())))

    def run(self, messages: Sequence[Message], how: Mapping[str, Any]) -> Iterator[tuple[_Runner, Piece]]:
        """The pieces of whoever speaks first. Raises ModelTrouble of the first model, Cancelled."""
        self._start(self._first, messages, how)
        ask_second_at = time.monotonic() + self._first.line.pace.usual_s
        speaker: _Runner | None = None
        failed: dict[str, Exception] = {}
        while True:
            self._cancellation.check()
            helps = len(self._began) == 1 and speaker is None
            try:
                runner, said = self._said.get(timeout=max(ask_second_at - time.monotonic(), 0) if helps else None)
            except Empty:
                self._start(self._second, messages, how)
                continue
            if speaker not in (None, runner):
                continue  # the loser's last words
            if said is None:
                return
            if isinstance(said, Exception):
                self._bear(runner, said, failed, speaker)
                continue
            if said.text and speaker is None:
                speaker = runner
                self._close_others(runner)
            yield runner, said

    def end(self) -> Usage:
        """Closes what is open; gives what both cost."""
        self._close_others(None)
        for runner in self._began:
            if runner.thread:
                runner.thread.join(CLOSING_S)
        return sum((runner.usage for runner in self._began), Usage())

    def _bear(self, runner: _Runner, error: Exception, failed: dict[str, Exception], speaker: _Runner | None) -> None:
        """While the other may still speak, one's trouble is borne; else the first model's is told."""
        if runner is self._second and isinstance(error, ModelTrouble):
            self._reserve.trouble = error
        failed[runner.line.name] = error
        if speaker or isinstance(error, Cancelled) or len(failed) == len(self._began):
            raise failed.get(self._first.line.name, error) if speaker is None else error
        if not isinstance(error, ModelTrouble):
            raise error

    def _start(self, runner: _Runner, messages: Sequence[Message], how: Mapping[str, Any]) -> None:
        self._began.append(runner)
        runner.start(messages, **how)

    def _close_others(self, speaker: _Runner | None) -> None:
        for runner in self._began:
            if runner is not speaker:
                runner.cancellation.cancel()
