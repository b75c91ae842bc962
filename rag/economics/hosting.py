"""What a model of one's own costs a month, and from how many questions on it is the cheaper one."""

import math
from dataclasses import dataclass

from rag.economics.assumptions import Assumptions
from rag.economics.volume import MONTH


@dataclass(frozen=True, slots=True)
class Load:
    """A question as a model sees it, and how questions bunch."""

    input_tokens: float
    output_tokens: float
    peak_share: float  # of a month's questions, in its fullest hour


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
    def carried(self) -> float:
        """Questions a month that one replica answers, when their fullest hour may take no more than it has to give."""
        an_hour = self.assumed.gpus_a_replica * 3600 * self.assumed.utilisation / max(self.gpu_seconds, 1e-9)
        return an_hour / max(self.load.peak_share, 1e-12)

    @property
    def replica_usd(self) -> float:
        assumed = self.assumed
        return assumed.gpus_a_replica * assumed.gpu_usd_hour * assumed.hours_a_day * MONTH

    @property
    def people_usd(self) -> float:
        return self.assumed.people_hours * self.assumed.people_usd_hour

    def replicas(self, questions: float) -> int:
        """At least one, and those to spare."""
        return max(1, math.ceil(round(questions / self.carried, 9))) + self.assumed.spare

    def gpus(self, questions: float) -> int:
        return self.replicas(questions) * self.assumed.gpus_a_replica

    def usd(self, questions: float) -> float:
        return self.people_usd + self.replicas(questions) * self.replica_usd

    def break_even(self, usd_a_question: float) -> float | None:
        """The fewest questions a month from which on this is not dearer than paying by the question; None: never.

        With n replicas needed, n times `carried` questions cost people + (n + spare) replicas. The first n at which
        that many, paid by the question, cost as much is where the lines cross; below it they cannot.
        """
        won = usd_a_question * self.carried - self.replica_usd  # by each further replica that is full
        fixed = self.people_usd + self.assumed.spare * self.replica_usd
        if won <= 0 or usd_a_question <= 0:
            return None
        needed = max(1, math.ceil(round(fixed / won, 9)))
        cost = fixed + needed * self.replica_usd
        return max(cost / usd_a_question, (needed - 1) * self.carried)
