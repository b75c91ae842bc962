"""The trace of an answer, taken from its events: enough to explain it and to ask it again in the same way."""

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from guards.personal.seen import Kind, counted
from guards.verdicts import Stand
from rag.drafts import Drafts
from rag.events import Event, Guarded
from rag.findings import broken, found
from rag.types import Answer, Passage
from store.records import FindingRecord, SupportRecord, TraceRecord


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
        self._scores: dict[str, float] = {}
        self._findings: list[FindingRecord] = []
        self._drafts = Drafts()

    def note(self, event: Event) -> None:
        match event.kind:
            case "checked":
                self._scored("question", event.scores)
            case "guarded":
                self._guarded(event)
                return
            case "rewritten":
                self._query, self._rewritten_by = event.query.text, event.query.rewritten_by
                if event.query.masked:
                    self._notes.append(kept_from(event.query.rewritten_by or "", event.query.masked))
            case "retrieved":
                self.passages = event.retrieval.passages
                if event.retrieval.lesser:
                    self._notes.append(f"searched by words alone: {event.retrieval.lesser}")
            case "writing":
                self._drafts.writing(event.writer, event.attempt)
                self._notes.append(f"{event.writer} wrote" if event.attempt == 1 else f"{event.writer} was asked again")
            case "handed_over":
                self._drafts.failed(event.problem)
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
            settings=self._settings | _vouched(answer),
            usage={name: value for name, value in asdict(answer.usage).items() if name != "cost_usd"},
            timings_ms=dict(self.timings_ms),
            notes=tuple(self._notes),
            cost_usd=answer.usage.cost_usd,
            parts=tuple(asdict(part) for part in answer.parts),
            support=tuple(SupportRecord(one.start, one.end, one.verdict, one.why) for one in answer.support or ()),
            scores=dict(self._scores),
            findings=tuple(self._findings),
            drafts=self._drafts.ended(answer),
        )

    def _guarded(self, event: Guarded) -> None:
        self._scored(event.stand, event.ruling.scores)
        self._findings += [found(event.stand, acted) for acted in event.ruling.acted]
        self._findings += [broken(event.stand, guard) for guard in event.ruling.broken]

    def _scored(self, stand: Stand, scores: Mapping[str, float]) -> None:
        """Keeps the highest of each guard at a stand: it may look at several texts there."""
        for guard, score in scores.items():
            place = f"{stand}/{guard}"
            self._scores[place] = max(self._scores.get(place, 0.0), round(score, 4))

    def _now(self) -> float:
        return round(1000 * (self._clock() - self._begin), 1)


def _without_words(passage: Passage) -> dict[str, Any]:
    """A passage by its place and scores: its words stay with the document, and go when it is deleted."""
    kept = asdict(passage)
    del kept["text"]
    return kept


def _vouched(answer: Answer) -> dict[str, Any]:
    """Which verified answer was served."""
    one = answer.verified
    return {"verified": {"id": one.id, "since": one.since.isoformat()}} if one else {}


def kept_from(model: str, masked: Mapping[Kind, int]) -> str:
    """A note about what a model was not sent, without any value."""
    return f"kept from {model}: {counted(masked)}"
