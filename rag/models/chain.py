"""The models to ask for one answer, in order, as far as the budget goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.budget import Budget
from rag.cancellation import Cancellation
from rag.models.line import Line
from rag.problems import Kind, PartMissing


@dataclass(frozen=True, slots=True)
class Chosen:
    """The models that may be asked, the first one first; `lesser` says why it is not the usual ones."""

    lines: Sequence[Line]
    lesser: Kind | None = None


class Chain:
    """Chooses among the configured models. Safe to use from many threads."""

    def __init__(self, models: Callable[[Cancellation], Sequence[Line]], budget: Budget | None = None) -> None:
        self._models = models  # waits until they are loaded, so it is called only when one is needed
        self._budget = budget

    def choose(self, person: str, cancellation: Cancellation) -> Chosen:
        """The models for this person's answer, known to the budget by its cancellation. Raises Cancelled."""
        try:
            lines = self._models(cancellation)
        except PartMissing:
            return Chosen((), "model_error")
        level = self._budget.level(person, cancellation) if self._budget and lines else "free"
        if level == "spent":
            return Chosen((), "budget_spent")
        cheaper = _cheaper(lines) if level == "near" else ()
        if not cheaper:
            return Chosen(lines)
        return Chosen([*cheaper, *(line for line in lines if line not in cheaper)], "budget_near")


def _cheaper(lines: Sequence[Line]) -> Sequence[Line]:
    """Those that are known to cost less than the first one, the cheapest first."""
    first = lines[0].typical_usd
    if first is None:
        return ()
    priced = [(cost, line) for line in lines[1:] if (cost := line.typical_usd) is not None and cost < first]
    return [line for _, line in sorted(priced, key=lambda one: one[0])]
