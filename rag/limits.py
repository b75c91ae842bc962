"""How often one person may ask.

TooManyQuestions        more than [limits] allows; nothing was stored
"""

from functools import cached_property
from typing import TYPE_CHECKING

from rag import settings
from store.engine import Database

if TYPE_CHECKING:
    from rag.windows import Windows


class TooManyQuestions(Exception):
    """This person has asked as often as allowed."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"come back in {retry_after_s} seconds")
        self.retry_after_s = retry_after_s


class RateLimit:
    """Counts how often people ask. Safe to use from many threads."""

    def __init__(self, limits: settings.Limits, database: Database) -> None:
        self._limits = limits
        self._database = database

    def hit(self, person: str) -> None:
        """Counts a question. Raises TooManyQuestions, Unavailable."""
        if not (self._limits.questions_per_minute or self._limits.questions_per_hour):
            return
        if seconds := self._windows.hit(person):
            raise TooManyQuestions(seconds)

    @cached_property
    def _windows(self) -> "Windows":
        from rag.windows import Windows

        return Windows(self._limits, self._database)
