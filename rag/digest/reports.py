"""Makes reports: the figures of the Quality page, and what waits in the inbox."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import dropwhile

from rag import comparing, measures
from rag.comparing import Difference
from rag.counted import Counted
from rag.digest import waiting
from rag.digest.report import Report, Row
from rag.figures import spoken, told
from rag.quality import Quality
from rag.stretches import Stretch
from store import demo, digest
from store.engine import Database
from store.records.inbox import ItemFilter

WEEK = 7  # days
ALONG = 8  # times the days of the report that charts show
TOPICS = 12
SHOWN = (
    "visits questions returned resolved rated_up corrected supported unsupported not_found refused failed "
    "asked_again rephrased first_p50 total_p95 cost cost_resolved"
).split()


class Reports:
    """Makes reports. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database, quality: Quality, brand: str) -> None:
        self._database, self._quality, self._brand = database, quality, brand

    def of(self, *, weeks: int = 1, until: date | None = None) -> Report:
        """Of so many weeks that end on a day, else yesterday: the last one that is over."""
        now = datetime.now(UTC)
        last = until or now.date() - timedelta(days=1)
        length = timedelta(days=WEEK * weeks)
        first = last - length + timedelta(days=1)
        wanted = ItemFilter(since=first, until=last)
        weeks_until = ItemFilter(since=_monday(last - ALONG * length), until=last)
        counted, before = self._counted(first, last), self._counted(first - length, last - length)
        found = comparing.compared(before, counted)
        rows = _rows(before, counted, found)
        with self._database.read() as session:
            people, people_before = (
                digest.people(session, day, day + length - timedelta(days=1)) for day in (first, first - length)
            )
            invented = digest.demo(session, demo.people(), first, last)
            reasons = digest.reasons(session, first, last)
        return Report(
            brand=self._brand,
            first=first,
            last=last,
            made_at=now,
            answers=counted.answers.answers,
            answers_before=before.answers.answers,
            people=people,
            people_before=people_before,
            cost=spoken(counted.answers.cost, "usd"),
            cost_before=spoken(before.answers.cost, "usd"),
            demo=invented,
            rows=rows,
            along=tuple(dropwhile(_is_empty, self._quality.picture(weeks_until).along)),
            prompts=tuple(self._quality.groups(wanted, "prompt")),
            topics=tuple(self._quality.groups(wanted, "topic")[:TOPICS]),
            reasons=tuple(reasons.items()),
            worth=waiting.worth_reading(self._database, wanted),
            gaps=waiting.missing(self._database, first, last),
            tasks=waiting.open_tasks(self._database),
            owed=waiting.replies_owed(self._database, first, last),
            expired=waiting.expired(self._database, first, last),
        )

    def _counted(self, first: date, last: date) -> Counted:
        return self._quality.picture(ItemFilter(since=first, until=last)).whole


def _rows(before: Counted, now: Counted, found: Sequence[Difference]) -> tuple[Row, ...]:
    """Of the measures that a report shows, in their order."""
    apart = {one.measure.key: one for one in found}
    shown = [measures.BY_KEY[key] for key in SHOWN]
    return tuple(
        Row(
            name=one.name,
            means=one.means,
            now=told(one.of(now)),
            before=told(one.of(before)),
            verdict=apart[one.key].words if one.key in apart else "",
            gap=apart[one.key].gap if one.key in apart and apart[one.key].told else "",
        )
        for one in shown
    )


def _monday(after: date) -> date:
    """The first Monday after a day: weeks that charts show begin there."""
    return after + timedelta(days=7 - after.weekday())


def _is_empty(stretch: Stretch) -> bool:
    return not stretch.counted.answers.answers
