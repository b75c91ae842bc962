"""What the house counts about itself, in Prometheus' form. The only file that knows prometheus_client.

A registry a house, none for the whole process. Labels hold kinds, models and routes: no words of people.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from rag.events import Event
from rag.types import Answer
from store.records import BreakerState, CallRecord, HealthRecord

FIRST_TEXT_S = (0.05, 0.1, 0.2, 0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60)
ANSWER_S = (0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300)
FORM = CONTENT_TYPE_LATEST


@dataclass(frozen=True, slots=True)
class Standing:
    """How the house stands at the moment of reading."""

    running: int  # answers
    waiting: int
    files_waiting: int | None  # None: the database does not say
    models: tuple[HealthRecord, ...] = ()

    @property
    def database(self) -> bool:
        return self.files_waiting is not None


class Metrics:
    """Counts. Safe to use from many threads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        Info("footnote_build", "The version that runs.", registry=self._registry).info(
            {"version": metadata.version("footnote")}
        )
        self._answers = self._counter(
            "answers",
            "Answers that ended: how, by which writer, and why it is a lesser answer.",
            "status",
            "writer",
            "degraded",
        )
        self._tokens = self._counter(
            "tokens", "Tokens that language models were given (input) and wrote (output).", "writer", "direction"
        )
        self._cost = self._counter(
            "cost_usd", "US dollars that language models took, where prices are known.", "writer"
        )
        self._handovers = self._counter(
            "handovers", "Writers that failed, so that another one went on: by what went wrong.", "problem"
        )
        self._findings = self._counter(
            "guard_findings", "What guards found in questions and in drafts of answers.", "finding"
        )
        self._guards = self._counter(
            "guard_acts",
            "What guards did, by the stand where they look at texts; broken: they failed or took too long.",
            "stand",
            "guard",
            "action",
        )
        self._appeals = self._counter("guard_appeals", "Refusals of which a reader said that the question was fine.")
        self._requests = self._counter(
            "http_requests",
            "HTTP requests by route, method and status; 499 is a client that left.",
            "route",
            "method",
            "status",
        )
        self._first = self._histogram(
            "first_text_seconds", "Seconds from a question to the first words of its answer.", FIRST_TEXT_S
        )
        self._total = self._histogram("answer_seconds", "Seconds from a question to the end of its answer.", ANSWER_S)

    def watch(self, standing: Callable[[], Standing]) -> None:
        """Has what comes and goes read each time somebody looks."""
        self._registry.register(_Gauges(standing))

    def note(self, event: Event) -> None:
        """Counts an event of an answer; the words themselves cost one comparison."""
        match event.kind:
            case "text_delta":
                return
            case "guarded":
                for acted in event.ruling.acted:
                    self._guards.labels(event.stand, acted.finding.guard, acted.action).inc()
                for guard in event.ruling.broken:
                    self._guards.labels(event.stand, guard, "broken").inc()
            case "handed_over":
                self._handovers.labels(event.problem).inc()
            case "writing" if event.attempt > 1:
                self._findings.labels("asked_again").inc()
            case "revised" if event.why in ("unverified", "checked"):
                self._findings.labels("unverified" if event.why == "unverified" else "mended").inc()
            case "refused":
                self._findings.labels("question_refused").inc()

    def appealed(self) -> None:
        """Counts a refusal of which its reader says that the question was fine."""
        self._appeals.inc()

    def ended(self, answer: Answer, status: str, timings_ms: dict[str, float]) -> None:
        """Counts an answer that has ended, however it did."""
        writer = answer.writer or "none"
        self._answers.labels(status, writer, answer.degraded or "no").inc()
        if "first_text" in timings_ms:
            self._first.observe(timings_ms["first_text"] / 1000)
        self._total.observe(timings_ms["total"] / 1000)

    def asked(self, call: CallRecord) -> None:
        """Counts what one request to a model took, whoever finished the answer."""
        self._tokens.labels(call.model, "input").inc(call.input_tokens)
        self._tokens.labels(call.model, "output").inc(call.output_tokens)
        self._cost.labels(call.model).inc(call.cost_usd or 0)

    def request(self, route: str, method: str, status: int) -> None:
        self._requests.labels(route, method, str(status)).inc()

    def exposition(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"footnote_{name}", what, labels, registry=self._registry)

    def _histogram(self, name: str, what: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"footnote_{name}", what, buckets=buckets, registry=self._registry)


class _Gauges(Collector):
    """Reads how things stand when somebody looks."""

    def __init__(self, standing: Callable[[], Standing]) -> None:
        self._standing = standing

    def describe(self) -> list[Metric]:
        """Nothing beforehand: registering must not read."""
        return []

    def collect(self) -> Iterator[Metric]:
        now = self._standing()
        yield GaugeMetricFamily("footnote_answers_running", "Answers that this process is writing now.", now.running)
        yield GaugeMetricFamily(
            "footnote_answers_waiting", "Answers that wait for their turn in this process now.", now.waiting
        )
        yield GaugeMetricFamily("footnote_database_up", "1 when the database answers, else 0.", int(now.database))
        if now.files_waiting is not None:
            yield GaugeMetricFamily(
                "footnote_files_waiting",
                "Files that were added and are not yet searchable in every way.",
                now.files_waiting,
            )
        state = GaugeMetricFamily(
            "footnote_model_state",
            "1 for the state that a model's circuit breaker is in, 0 for the others.",
            labels=("model", "state"),
        )
        out = GaugeMetricFamily(
            "footnote_model_taken_out", "1 when somebody took the model out by hand, else 0.", labels=("model",)
        )
        for model in now.models:
            out.add_metric((model.name,), int(model.taken_out))
            for one in get_args(BreakerState):
                state.add_metric((model.name, one), int(model.state == one))
        yield state
        yield out
