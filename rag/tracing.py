"""The trace of an answer, taken from its events: enough to explain it and to ask it again in the same way."""

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rag.events import Event
from rag.types import Answer, Passage
from store.records import TraceRecord


class Tracer:
    """Notes the events of one answer as they come by; times in milliseconds since the question."""

    def __init__(self, settings: Mapping[str, Any], clock: Callable[[], float] = time.perf_counter) -> None:
        self.id = uuid.uuid4().hex
        self.timings_ms: dict[str, float] = {}
        self._settings = dict(settings)
        self._clock = clock
        self._begin = clock()
        self._query = ""
        self._rewritten_by: str | None = None
        self.passages: Sequence[Passage] = ()
        self._notes: list[str] = []

    def note(self, event: Event) -> None:
        match event.kind:
            case "rewritten":
                self._query, self._rewritten_by = event.query.text, event.query.rewritten_by
            case "retrieved":
                self.passages = event.retrieval.passages
                if event.retrieval.lesser:
                    self._notes.append(f"searched by words alone: {event.retrieval.lesser}")
            case "writing":
                self._notes.append(f"{event.writer} wrote" if event.attempt == 1 else f"{event.writer} was asked again")
            case "handed_over":
                self._notes.append(f"handed over to {event.writer}: {event.problem}")
            case "revised":
                self._notes.append(f"revised: {event.why}")
            case "noted":
                self._notes.append(event.note)
                return
        step = "first_text" if event.kind == "text_delta" else event.kind
        self.timings_ms.setdefault(step, self._now())

    def record(self, answer: Answer) -> TraceRecord:
        """The trace, once the answer is there."""
        self.timings_ms["total"] = self._now()
        return TraceRecord(
            id=self.id,
            query=self._query,
            rewritten_by=self._rewritten_by,
            prompt=answer.prompt,
            passages=tuple(_without_words(passage) for passage in self.passages),
            settings=self._settings,
            usage={name: value for name, value in asdict(answer.usage).items() if name != "cost_usd"},
            timings_ms=dict(self.timings_ms),
            notes=tuple(self._notes),
            cost_usd=answer.usage.cost_usd,
            parts=tuple(asdict(part) for part in answer.parts),
        )

    def _now(self) -> float:
        return round(1000 * (self._clock() - self._begin), 1)


def _without_words(passage: Passage) -> dict[str, Any]:
    """A passage by its place and scores: its words stay with the document, and go when it is deleted."""
    kept = asdict(passage)
    del kept["text"]
    return kept
