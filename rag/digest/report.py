"""What a report says: some days against the days before, and what is waiting for somebody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rag.quality import Group
from rag.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Row:
    """A measure in words: these days, the days before, and what can be said of the two."""

    name: str
    means: str
    now: str
    before: str
    verdict: str  # such as "better" and "cannot be told yet"
    gap: str = ""  # by how much, with its interval


@dataclass(frozen=True, slots=True)
class Line:
    """Something to read, and what makes it worth reading; with an answer's id where the inbox shows more."""

    words: str
    why: str
    answer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many there are, and the first of them."""

    count: int = 0
    first: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The days from `first` to `last`, both among them, against as many days before them."""

    brand: str
    first: date
    last: date
    made_at: datetime
    answers: int
    answers_before: int
    people: int
    people_before: int
    cost: str  # of all answers, in words
    cost_before: str
    demo: int  # of the answers, how many are invented
    rows: tuple[Row, ...]
    along: tuple[Stretch, ...]  # the weeks until then
    prompts: tuple[Group, ...]
    topics: tuple[Group, ...]
    reasons: tuple[tuple[str, int], ...]  # of thumbs down
    worth: Waiting
    gaps: Waiting
    tasks: Waiting
    owed: Waiting
    expired: Waiting

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not self.answers

    @property
    def better(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.verdict == "better")

    @property
    def worse(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.verdict == "worse")

    @property
    def days(self) -> str:
        """Such as "15 to 21 November 2026"."""
        return span(self.first, self.last)

    @property
    def days_before(self) -> str:
        length = self.last - self.first + timedelta(days=1)
        return span(self.first - length, self.last - length)

    @property
    def name(self) -> str:
        """Of its files, without an ending."""
        return f"digest-{self.last:%Y-%m-%d}"


def span(first: date, last: date) -> str:
    """Days in words, saying month and year once where they are the same."""
    if first == last:
        return f"{last.day} {last:%B %Y}"
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    begin = f"{first.day}" if same_month else f"{first.day} {first:%B}" if same_year else f"{first.day} {first:%B %Y}"
    return f"{begin} to {last.day} {last:%B %Y}"
