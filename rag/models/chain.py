"""The models to ask for one answer, in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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

    def __init__(self, models: Callable[[Cancellation], Sequence[Line]]) -> None:
        self._models = models  # waits until they are loaded, so it is called only when one is needed

    def choose(self, person: str, cancellation: Cancellation) -> Chosen:  # noqa: ARG002
        """The models for this person's answer. Raises Cancelled."""
        try:
            return Chosen(self._models(cancellation))
        except PartMissing:
            return Chosen((), "model_error")
