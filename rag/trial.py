"""A test question: asked through the real pipeline, timed, and kept in no conversation.

It goes the way of every question, so that it finds what readers would find: the search, the model's form of answers,
their validation. The requests it makes are noted as tests.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from rag.assistant import kind_of
from rag.cancellation import Cancellation, Cancelled
from rag.events import Event
from rag.models.chain import Chain, Chosen
from rag.models.chat import Message, Piece
from rag.models.line import Line
from rag.models.relay import Relay
from rag.pipeline import Pipeline, Search
from rag.problems import PartMissing
from rag.types import Passage, Place, Question, Retrieval, Usage
from store.engine import Unavailable

AT_ONCE = 2
log = logging.getLogger(__name__)
# What a model is given when the documents hold nothing near the question, so that it is asked in any case.
_OWN = "The lamp of the lighthouse is lit thirty minutes before sunset."
OWN_PASSAGE = Passage(1, (), 0, "A test", (Place(0, "", None),), 0, len(_OWN), _OWN, relevance=1.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A test as it stands. Times in milliseconds since the question."""

    text: str = ""
    writer: str = ""  # who is writing, or wrote
    status: str = ""  # empty while it runs; "bug" when our own code failed
    first_ms: float | None = None
    total_ms: float | None = None
    usage: Usage = field(default_factory=Usage)
    problems: tuple[str, ...] = ()  # kinds of what went wrong on the way, see rag/problems

    @property
    def done(self) -> bool:
        return bool(self.status)


class Trial:
    """One test question on its way."""

    def __init__(self, question: str, model: str | None) -> None:
        self.question = question
        self.model = model  # None: the whole chain
        self.outcome = Outcome()
        self._cancellation = Cancellation()
        self._began = time.monotonic()

    def stop(self) -> None:
        self._cancellation.cancel()

    def run(self, events: Callable[[Cancellation], Iterator[Event]]) -> None:
        """Follows the events to their end."""
        try:
            for event in events(self._cancellation):
                self._take(event)
        except Cancelled:
            self._end("stopped")
        except Unavailable as error:
            self._end("failed", problems=(*self.outcome.problems, kind_of(error)))
        except Exception:
            log.exception("A bug broke off a test question")
            self._end("bug", problems=(*self.outcome.problems, "bug"))

    def _take(self, event: Event) -> None:
        before = self.outcome
        match event.kind:
            case "writing":
                self.outcome = replace(before, writer=event.writer)
            case "text_delta":
                first = before.first_ms or self._now()
                self.outcome = replace(before, text=before.text + event.text, first_ms=first)
            case "handed_over":
                self.outcome = replace(before, problems=(*before.problems, event.problem))
            case "revised":
                self.outcome = replace(before, text=event.text)
            case "answered" | "not_found" | "refused" | "failed":
                answer = event.answer
                troubles = [kind for kind in (answer.degraded, answer.problem) if kind and kind not in before.problems]
                self._end(
                    answer.status,
                    text=answer.text,
                    writer=answer.writer or "",
                    usage=answer.usage,
                    problems=(*before.problems, *troubles),
                )

    def _end(self, status: str, **changes: Any) -> None:
        self.outcome = replace(self.outcome, status=status, total_ms=self._now(), **changes)

    def _now(self) -> float:
        return 1000 * (time.monotonic() - self._began)


class Trials:
    """Runs test questions in threads of their own. Safe to use from many threads."""

    def __init__(
        self,
        pipeline: Callable[[Chain, Search], Pipeline],
        chain: Chain,
        models: Callable[[Cancellation], Sequence[Line]],
        search: Search,
    ) -> None:
        self._pipeline = pipeline
        self._chain = chain
        self._models = models
        self._search = search
        self._threads = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="test")
        self._running: list[Trial] = []

    def start(self, question: str, model: str | None = None) -> Trial:
        """Asks the whole chain, or one model of it. Look at `outcome` as often as you like."""
        trial = Trial(question, model)
        self._running.append(trial)
        self._threads.submit(self._run, trial)
        return trial

    def close(self) -> None:
        for trial in list(self._running):
            trial.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _run(self, trial: Trial) -> None:
        trial.run(lambda cancellation: self._events(trial, cancellation))
        self._running.remove(trial)

    def _events(self, trial: Trial, cancellation: Cancellation) -> Iterator[Event]:
        one = trial.model
        chain = _OneModel(self._models, one) if one else _Tested(self._chain.choose)
        pipeline = self._pipeline(chain, _Sure(self._search) if one else self._search)
        return pipeline.answer(Question(trial.question, anew=True), cancellation)


class _Sure:
    """A search that always finds something."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def search(self, query: str, tags: Sequence[str] = ()) -> Retrieval:
        found = self._search.search(query, tags)
        return found if found.passages else Retrieval((OWN_PASSAGE,), relevant=True)


class _Tested(Chain):
    """A chain whose requests are noted as tests."""

    def __init__(self, choose: Callable[[str, Cancellation], Chosen]) -> None:
        self._choose = choose

    def choose(self, person: str, cancellation: Cancellation) -> Chosen:
        chosen = self._choose(person, cancellation)
        return replace(chosen, lines=[_TestedLine(line) for line in chosen.lines])


class _OneModel(_Tested):
    """A chain of one model, whatever its state."""

    def __init__(self, models: Callable[[Cancellation], Sequence[Line]], name: str) -> None:
        def only(_: str, cancellation: Cancellation) -> Chosen:
            try:
                return Chosen([line for line in models(cancellation) if line.name == name])
            except PartMissing:
                return Chosen((), "model_error")

        super().__init__(only)


class _TestedLine(Relay):
    """A model whose requests are noted as tests."""

    def stream(self, messages: Sequence[Message], cancellation: Cancellation, **how: Any) -> Iterator[Piece]:
        yield from super().stream(messages, cancellation, **how | {"purpose": "test"})
