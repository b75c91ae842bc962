"""The door of one model: who may ask it, and what each visit says about its health."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rag.models import breaker
from rag.models.breaker import Rules
from rag.models.health import HealthBook
from rag.models.trouble import ModelTrouble
from rag.problems import Kind
from rag.settings import Model
from store.records import HealthRecord, Purpose

PROBE_MARGIN_S = 10.0  # a probe's end has to be noted as well


@dataclass(slots=True)
class Visit:
    """One request; `well` once the model has said why it ended."""

    probe: bool
    well: bool = False


class Door:
    """Lets requests through to a model that is well. Safe to use from many threads."""

    def __init__(self, model: Model, book: HealthBook) -> None:
        self._name = model.name
        self._book = book
        self._rules = Rules(model.failures_to_rest, model.rest_s, model.total_timeout_s + PROBE_MARGIN_S)

    @property
    def health(self) -> HealthRecord:
        return self._book.of(self._name)

    @property
    def is_open(self) -> bool:
        """Whether a request may get through now."""
        return breaker.admission(self.health, self._book.now()) != "no"

    @contextmanager
    def visit(self, purpose: Purpose) -> Iterator[Visit]:
        """A request to the model: what is raised inside, or that nothing is, goes into its health.

        Raises ModelTrouble when the model is left in peace. A rewriting is no probe: it has too little time.
        """
        visit = Visit(self._enter(may_probe=purpose != "rewrite"))
        told = False
        try:
            yield visit
        except ModelTrouble as trouble:
            told = trouble.counts
            if told:
                self._failed(trouble, probe=visit.probe)
            raise
        finally:
            if visit.well and not told:
                self._worked(probe=visit.probe)
            elif visit.probe and not told:
                self._book.change(self._name, lambda health: breaker.released(health, self._book.now()))

    def judged(self, problem: Kind | None) -> None:
        """What became of an answer that ended well: it could be used, or it was of no use, twice."""
        if problem is None:
            self._worked(useful=True)
        else:
            self._failed(ModelTrouble(problem, "of no use, twice"))

    def _enter(self, *, may_probe: bool) -> bool:
        match breaker.admission(self.health, self._book.now()):
            case "yes":
                return False
            case "probe" if may_probe and self._book.claim(self._name, self._rules):
                return True
            case _:
                raise ModelTrouble("model_resting", "left in peace")

    def _worked(self, *, probe: bool = False, useful: bool = False) -> None:
        def decide(health: HealthRecord) -> HealthRecord:
            return breaker.worked(health, self._book.now(), probe=probe, useful=useful)

        if probe or decide(self.health) != self.health:  # what is well already costs no transaction
            self._book.change(self._name, decide)

    def _failed(self, trouble: ModelTrouble, *, probe: bool = False) -> None:
        if trouble.kind in breaker.COUNTED or probe:
            self._book.change(
                self._name,
                lambda health: breaker.failed(
                    health,
                    trouble.kind,
                    self._book.now(),
                    self._rules,
                    retry_after_s=trouble.retry_after_s,
                    probe=probe,
                ),
            )
