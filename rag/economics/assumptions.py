"""What is assumed of a model of one's own, each with where its default comes from. Everything can be changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

# Of one NVIDIA H100 SXM, from its data sheet: dense 16-bit operations a second, bytes read a second.
FLOPS, BYTES_S = 989e12, 3.35e12
PROMPT_SHARE = 0.4  # of the operations that reading prompts gets out of it: Chowdhery et al., "PaLM" (2022), 46 %
READING_SHARE = 0.6  # of the bytes that writing gets out of it: Pope et al. (2022), arXiv:2211.05102, figure 1
BATCH = 16  # answers written at once on one replica
ROOM = 1.2  # memory beyond the weights, for what the model keeps of each answer in the making


@dataclass(frozen=True, slots=True)
class Assumptions:
    """A model of one's own and its house.

    Speeds are those of one GPU, over all answers it works on at once. Derived they follow from the model's size:
    reading a prompt is bound by operations, two for each parameter and token (Kaplan et al., "Scaling laws", 2020);
    writing is bound by reading the weights once for each token of a batch (Pope et al., "Efficiently scaling
    transformer inference", 2022). A measurement on one's own machine is worth more than both.
    """

    billions: float = 8.0  # parameters; of a mixture of experts those active for a token, and see `memory_gb`
    bits: int = 16  # a parameter
    gpu_usd_hour: float = 2.50  # an assumption: rented H100s cost between 2 and 7 USD an hour; put in your own
    memory_gb: float = 80.0  # of one GPU
    prompt_tokens_s: float = 0.0  # 0: derived
    written_tokens_s: float = 0.0  # 0: derived
    utilisation: float = 0.5  # of a GPU at the fullest hour: questions come in bursts, and wait above this
    hours_a_day: float = 24.0  # it runs
    spare: int = 1  # replicas beyond those that are needed, so that one may fail
    people_hours: float = 10.0  # of work a month: updates, watching, incidents
    people_usd_hour: float = 80.0
    growth: float = 0.0  # of the traffic, a month

    @property
    def gpus_a_replica(self) -> int:
        """GPUs that hold one copy of the model: a power of two, as splitting a model over GPUs wants it."""
        needed, gpus = self.billions * self.bits / 8 * ROOM / self.memory_gb, 1
        while gpus < needed:
            gpus *= 2
        return gpus

    @property
    def reading(self) -> float:
        """Tokens of prompts a second on one GPU."""
        return self.prompt_tokens_s or PROMPT_SHARE * FLOPS / (2e9 * self.billions)

    @property
    def writing(self) -> float:
        """Tokens of answers a second on one GPU."""
        return self.written_tokens_s or BATCH * READING_SHARE * BYTES_S / (1e9 * self.billions * self.bits / 8)

    def changed(self, values: Mapping[str, Any]) -> "Assumptions":
        """The same with other values, each brought within its bounds; names that are none are left out."""
        known = {name: bound(name, value) for name, value in values.items() if name in BOUNDS}
        return replace(self, **known)

    def kept(self) -> dict[str, Any]:
        """What differs from the defaults."""
        default = asdict(Assumptions())
        return {name: value for name, value in asdict(self).items() if value != default[name]}


BOUNDS: Mapping[str, tuple[float, float]] = {
    "billions": (0.1, 2000),
    "bits": (2, 32),
    "gpu_usd_hour": (0.01, 1000),
    "memory_gb": (4, 1000),
    "prompt_tokens_s": (0, 1e7),
    "written_tokens_s": (0, 1e7),
    "utilisation": (0.01, 1),
    "hours_a_day": (1, 24),
    "spare": (0, 20),
    "people_hours": (0, 1000),
    "people_usd_hour": (0, 1000),
    "growth": (-0.5, 1),
}
_WHOLE = {field.name for field in fields(Assumptions) if field.type is int}


def bound(name: str, value: Any) -> Any:
    """A value within its bounds; what is no number becomes the default."""
    least, most = BOUNDS[name]
    if not isinstance(value, int | float) or value != value:
        return getattr(Assumptions(), name)
    kept = min(max(value, least), most)
    return round(kept) if name in _WHOLE else float(kept)
