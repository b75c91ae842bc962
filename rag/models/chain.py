"""The models to ask for one answer, in order, as far as the budget goes, and their health by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.budget import Budget
from rag.cancellation import Cancellation
from rag.models import breaker
from rag.models.health import HealthBook
from rag.models.hedging import hedged
from rag.models.line import Line
from rag.problems import Kind, PartMissing
from store.records import HealthRecord


@dataclass(frozen=True, slots=True)
class Chosen:
    """The models that may be asked, the first one first; `lesser` says why it is not the usual ones."""

    lines: Sequence[Line]
    lesser: Kind | None = None


class Chain:
    """Chooses among the configured models. Safe to use from many threads."""

    def __init__(
        self,
        models: Callable[[Cancellation], Sequence[Line]],
        book: HealthBook | None = None,
        *,
        names: Sequence[str] = (),
        hedge: bool = False,
        budget: Budget | None = None,
    ) -> None:
        self._models = models  # waits until they are loaded, so it is called only when one is needed
        self._book = book or HealthBook()
        self._names = names
        self._hedge = hedge
        self._budget = budget

    def choose(self, person: str, cancellation: Cancellation) -> Chosen:
        """The models for this person's answer, which the budget knows by its cancellation; none that rest.

        Raises Cancelled.
        """
        try:
            lines = self._models(cancellation)
        except PartMissing:
            return Chosen((), "model_error")
        level = self._budget.level(person, cancellation) if self._budget and lines else "free"
        if level == "spent":  # also while all models rest: that passes sooner
            return Chosen((), "budget_spent")
        awake = [line for line in lines if line.is_open]
        if lines and not awake:
            return Chosen((), "model_resting")
        if level == "near":  # nor is a second model asked beside the first
            cheaper = _cheaper(awake)
            others = [line for line in awake if line not in cheaper]
            return Chosen([*cheaper, *others], "budget_near" if cheaper else None)
        return Chosen(hedged(awake) if self._hedge else awake)

    def health(self) -> list[HealthRecord]:
        """How each configured model does, in their order."""
        return [self._book.of(name) for name in self._names]

    def take_out(self, name: str) -> None:
        """The model is not asked until it is put back."""
        self._book.change(name, breaker.taken_out)

    def put_back(self, name: str) -> None:
        """The model is asked again at once, also when it was resting."""
        self._book.change(name, breaker.put_back)

    def rouse(self) -> None:
        """The app was started anew: the next question tries the models that rest."""
        for health in self.health():
            if health.state == "open":
                self._book.change(health.name, lambda known: breaker.roused(known, self._book.now()))

    def usual_first_s(self, cancellation: Cancellation) -> dict[str, float]:
        """How soon each model usually begins, once the models are loaded. Raises PartMissing, Cancelled."""
        return {line.name: line.pace.usual_s for line in self._models(cancellation)}


def _cheaper(lines: Sequence[Line]) -> Sequence[Line]:
    """Those that are known to cost less than the first one, the cheapest first."""
    first = lines[0].typical_usd
    if first is None:
        return ()
    priced = [(cost, line) for line in lines[1:] if (cost := line.typical_usd) is not None and cost < first]
    return [line for _, line in sorted(priced, key=lambda one: one[0])]
