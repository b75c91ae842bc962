"""How long a request to a model may take."""

from dataclasses import dataclass, replace

from rag.settings import Model


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: until the first words, between words, and in all."""

    first_s: float
    stall_s: float
    total_s: float
    impatient: bool = False  # shorter than the model's own: running into them is not its fault

    @classmethod
    def of(cls, model: Model, patience_s: float) -> "Limits":
        """A model's own limits, cut to the patience of whoever asks."""
        return cls(
            min(model.first_token_timeout_s, patience_s),
            min(model.stall_timeout_s, patience_s),
            min(model.total_timeout_s, patience_s),
            impatient=patience_s < model.first_token_timeout_s,
        )

    def after(self, spent_s: float) -> "Limits":
        """What is left for the next try: all tries together have the time of one."""
        return replace(self, first_s=max(self.first_s - spent_s, 0.0), total_s=max(self.total_s - spent_s, 0.0))
