"""What a model of one's own costs a month, and from how many questions on it is the cheaper one."""

import math
from bisect import bisect_left
from dataclasses import dataclass

from rag.economics.assumptions import Assumptions
from rag.economics.volume import MONTH

BY_CHANCE = 3  # standard deviations of a Poisson count: 999 of 1,000 hours stay below
MOST = 1 << 24  # replicas: nobody has more


@dataclass(frozen=True, slots=True)
class Load:
    """A question as a model sees it, and how questions bunch."""

    input_tokens: float
    output_tokens: float
    peak_share: float  # of a month's questions, in one of its fullest hours, on average


@dataclass(frozen=True, slots=True)
class Hosting:
    """A model of one's own under a load. Money in USD a month."""

    assumed: Assumptions
    load: Load

    @property
    def gpu_seconds(self) -> float:
        """Of one GPU, for one question."""
        return self.load.input_tokens / self.assumed.reading + self.load.output_tokens / self.assumed.writing

    @property
    def an_hour(self) -> float:
        """Questions that one replica answers in an hour, at the utilisation it may have."""
        return self.assumed.gpus_a_replica * 3600 * self.assumed.utilisation / max(self.gpu_seconds, 1e-9)

    def carried(self, replicas: int) -> float:
        """Questions a month that so many replicas answer.

        In the fullest hours there come λ on average, and by chance up to λ + 3 √λ: the fewer there are, the larger the
        share of chance. That many must fit.
        """
        root = (math.sqrt(BY_CHANCE**2 + 4 * replicas * self.an_hour) - BY_CHANCE) / 2
        return root**2 / max(self.load.peak_share, 1e-12)

    @property
    def replica_usd(self) -> float:
        assumed = self.assumed
        return assumed.gpus_a_replica * assumed.gpu_usd_hour * assumed.hours_a_day * MONTH

    @property
    def people_usd(self) -> float:
        return self.assumed.people_hours * self.assumed.people_usd_hour

    def replicas(self, questions: float) -> int:
        """At least one, and those to spare."""
        mean = questions * self.load.peak_share
        needed = (mean + BY_CHANCE * math.sqrt(mean)) / self.an_hour
        return max(1, math.ceil(round(needed, 9))) + self.assumed.spare

    def gpus(self, questions: float) -> int:
        return self.replicas(questions) * self.assumed.gpus_a_replica

    def usd(self, questions: float) -> float:
        return self.people_usd + self.replicas(questions) * self.replica_usd

    def break_even(self, usd_a_question: float) -> float | None:
        """The fewest questions a month from which on this is not dearer than paying by the question; None: never.

        n replicas that are needed, and those to spare, cost no more than paying by the question once that costs as
        much; they carry so many questions if `carried(n)` is more. As `carried` grows the faster the larger n is, all n
        from the first such one on will do: it is searched for by halves.
        """
        if usd_a_question <= 0 or usd_a_question * self.an_hour / max(self.load.peak_share, 1e-12) <= self.replica_usd:
            return None  # a full replica more costs more than its questions do elsewhere
        enough = 1 + bisect_left(range(1, MOST), 0.0, key=lambda n: usd_a_question * self.carried(n) - self._cost(n))
        if enough >= MOST:
            return None
        return max(self._cost(enough) / usd_a_question, self.carried(enough - 1) if enough > 1 else 0.0)

    def _cost(self, needed: int) -> float:
        return self.people_usd + (needed + self.assumed.spare) * self.replica_usd
