"""One model of the chain, as writers use it: its requests, tried again where that helps, and what they spend."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import Any

from rag.cancellation import Cancellation
from rag.models.breaker import SHORT_RETRY_AFTER_S
from rag.models.chat import ChatModel, Message, Piece
from rag.models.door import Door, Visit
from rag.models.health import HealthBook
from rag.models.limits import Limits
from rag.models.pace import Pace
from rag.models.places import Places
from rag.models.prices import price, typical
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.settings import Model
from rag.types import Spend, Usage, unpaid
from store.records import CallRecord, Purpose

JITTER_S = 0.4  # the longest wait before the second try; it doubles with each further one


def _unkept(_: CallRecord) -> None:
    """Nobody keeps records."""


@dataclass(slots=True)
class _Call:
    """What is known of a request while it runs."""

    began: float = field(default_factory=time.monotonic)
    attempts: int = 0
    first_ms: float | None = None
    usage: Usage = field(default_factory=Usage)
    said: list[str] = field(default_factory=list)
    problem: Kind | None = None
    filtered: bool = False

    @property
    def elapsed_s(self) -> float:
        return time.monotonic() - self.began


class Line:
    """Streams one model's answers. Safe to use from many threads."""

    def __init__(
        self,
        model: Model,
        chat: ChatModel,
        book: HealthBook | None = None,
        *,
        keep: Callable[[CallRecord], None] = _unkept,
        first_ms: Iterable[float] = (),
    ) -> None:
        self.name = model.name
        self.pace = Pace(first_ms)
        self._model = model
        self._chat = chat
        self._door = Door(model, book or HealthBook())
        self._places = Places(model.at_once)
        self._keep = keep

    @property
    def is_open(self) -> bool:
        """Whether the model may be asked now: it is neither resting nor taken out."""
        return self._door.is_open

    def judged(self, problem: Kind | None) -> None:
        """Writers say whether an answer that ended well could be used: a server may be well and its model useless."""
        self._door.judged(problem)

    @property
    def typical_usd(self) -> float | None:
        """What a usual answer costs; None: no price is known."""
        return typical(self._model)

    def stream(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        *,
        schema: Mapping[str, Any] | None = None,
        purpose: Purpose = "answer",
        patience_s: float = inf,
        spend: Spend = unpaid,
    ) -> Iterator[Piece]:
        """The model's words as they come; a piece at the end says why it ended.

        `schema` is the JSON schema to answer by, asked for in the way the model knows. `patience_s` shortens its
        waits, and bounds them in all. `spend` is told once what the request cost, however it ended.
        Raises ModelTrouble and Cancelled.
        """
        call, limits = _Call(), Limits.of(self._model, patience_s)
        try:
            with self._door.visit(purpose) as visit, self._places.one(cancellation, patience_s=patience_s):
                for piece in self._tried(messages, cancellation, schema, limits, call):
                    self._note(call, piece, visit)
                    yield piece
                if call.filtered:  # what it said before is not meant to be read
                    raise ModelTrouble("model_filtered", "finish_reason content_filter")
        except ModelTrouble as trouble:
            call.problem = trouble.kind
            raise
        finally:
            paid = price(self._model, call.usage, messages, "".join(call.said))
            spend(paid)
            if call.attempts or call.problem == "model_busy":
                self._keep(_record(self.name, purpose, call, paid))

    def _tried(
        self,
        messages: Sequence[Message],
        cancellation: Cancellation,
        schema: Mapping[str, Any] | None,
        limits: Limits,
        call: _Call,
    ) -> Iterator[Piece]:
        """The pieces of the first try that speaks. Once a word was given out there is no other try."""
        while True:
            call.attempts += 1
            left = limits.after(call.elapsed_s)
            try:
                yield from self._chat.stream(messages, cancellation, schema=schema, limits=left)
            except ModelTrouble as trouble:
                wait = _wait(trouble, call.attempts)
                if call.first_ms is not None or not trouble.passing or call.attempts >= self._model.tries:
                    raise
                if wait > SHORT_RETRY_AFTER_S or call.elapsed_s + wait >= min(limits.first_s, limits.total_s):
                    raise
                _sleep(wait, cancellation)
            else:
                return

    def _note(self, call: _Call, piece: Piece, visit: Visit) -> None:
        call.usage = _grown(call.usage, piece.usage or Usage())
        call.said.append(piece.thought + piece.call + piece.text)
        visit.well = visit.well or bool(piece.finish)
        call.filtered = call.filtered or piece.finish == "content_filter"
        if piece.text and call.first_ms is None:
            call.first_ms = call.elapsed_s * 1000
            self.pace.note(call.first_ms)


def _grown(so_far: Usage, told: Usage) -> Usage:
    """Tokens as a server tells them: once at the end, in parts, or again and again as the sum until then."""
    return Usage(
        max(so_far.input_tokens, told.input_tokens),
        max(so_far.output_tokens, told.output_tokens),
        cached_tokens=max(so_far.cached_tokens, told.cached_tokens),
    )


def _record(model: str, purpose: Purpose, call: _Call, paid: Usage) -> CallRecord:
    return CallRecord(
        model=model,
        purpose=purpose,
        problem=call.problem,
        attempts=call.attempts,
        first_ms=call.first_ms,
        total_ms=call.elapsed_s * 1000,
        input_tokens=paid.input_tokens,
        output_tokens=paid.output_tokens,
        estimated=paid.estimated,
        cost_usd=paid.cost_usd,
    )


def _wait(trouble: ModelTrouble, attempts: int) -> float:
    """Seconds before the next try: what the server asked for, and some jitter so that not all come back together."""
    jitter = random.uniform(0, JITTER_S * 2 ** (attempts - 1))
    return (trouble.retry_after_s or 0.0) + jitter


def _sleep(seconds: float, cancellation: Cancellation) -> None:
    """Raises Cancelled."""
    stopped = threading.Event()
    cancellation.on_cancel(stopped.set)
    stopped.wait(seconds)
    cancellation.check()
