"""Whether a question is taken in: asked before anything is stored."""

from rag.budget import Budget
from rag.jobs import Jobs
from rag.limits import RateLimit


class Admission:
    """What stands before asking. Safe to use from many threads."""

    def __init__(self, jobs: Jobs, rate: RateLimit, budget: Budget) -> None:
        self._jobs, self._rate, self._budget = jobs, rate, budget

    def check(self, person: str) -> None:
        """Raises ShuttingDown, QueueFull, TooManyQuestions, Unavailable."""
        self._jobs.check(person)
        self._rate.hit(person)

    def taken(self, person: str) -> None:
        """A question was stored, and counted in its transaction."""
        self._budget.asked(person)
