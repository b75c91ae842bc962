"""Topics as the Quality page shows them: how many ask about each, how it does, what changed, and what is missing."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag import intervals
from rag.retrieval.embedding import Embedder
from rag.topics.gaps import EXAMPLES, Gap, gaps
from rag.topics.keeping import FEWEST, Keeping
from store import gaps as missing
from store import topics
from store.engine import Database
from store.models import now
from store.records.topics import AskedRecord, NearRecord, TopicCounts, TopicRecord

DAYS = (7, 30, 90)
FRESH_S = 15.0  # how long what was counted is kept
MOST_MISSED = 3_000  # questions grouped into gaps: the latest
POINTS = 15  # of a topic's line over time
NEAREST = 3  # documents told of a gap
LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class TopicFigures:
    """How a topic did in a period and in the one as long before it; `topic` None: what belongs to none."""

    topic: TopicRecord | None
    now: TopicCounts
    before: TopicCounts
    along: tuple[int, ...]  # questions, in stretches of the same length
    change: tuple[float, float]  # between what the change of its share lies


@dataclass(frozen=True, slots=True)
class Picture:
    """A period: both days are among it. Topics come first that most asked about."""

    since: date
    until: date
    asked: int
    asked_before: int
    topics: tuple[TopicFigures, ...]


class Topics:
    """Reads and names topics. Safe to use from many threads; all methods raise Unavailable."""

    FEWEST = FEWEST

    def __init__(
        self,
        database: Database,
        embedder: Callable[[], Embedder | None] = lambda: None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self.keeping = Keeping(database, embedder, busy)
        self._lock = threading.Lock()
        self._pictures: dict[int, tuple[float, Picture]] = {}
        self._gaps: dict[int, tuple[float, list[Gap]]] = {}

    def picture(self, days: int) -> Picture:
        """The last days, today among them."""
        with self._lock:
            kept = self._pictures.get(days)
        if kept and time.monotonic() - kept[0] < FRESH_S:
            return kept[1]
        picture = self._picture(days)
        with self._lock:
            self._pictures[days] = time.monotonic(), picture
        return picture

    def examples(self, topic_id: int, limit: int = 8) -> list[AskedRecord]:
        """The latest questions of a topic, each once."""
        with self._database.read() as session:
            found = topics.examples(session, topic_id, 4 * limit)
        different: dict[str, AskedRecord] = {}
        for one in found:
            different.setdefault(" ".join(one.text.casefold().split()), one)
        return list(different.values())[:limit]

    def rename(self, topic_id: int, label: str, *, by: str) -> None:
        """Gives a topic a name that stays; an empty one lets it be found again."""
        told = " ".join(label.split())[:LONGEST_LABEL]
        with self._database.write() as session:
            topics.rename(session, topic_id, told or None, by=by)
        with self._lock:
            self._pictures.clear()

    def gaps(self, days: int) -> list[Gap]:
        """What was asked in the last days and not answered from the documents, first what most asked lately."""
        with self._lock:
            kept = self._gaps.get(days)
        if kept and time.monotonic() - kept[0] < FRESH_S:
            return kept[1]
        today = now().date()
        with self._database.read() as session:
            missed = missing.missed(session, today - timedelta(days=days - 1), today, MOST_MISSED)
        found = gaps(missed, now())
        with self._lock:
            self._gaps[days] = time.monotonic(), found
        return found

    def with_nearest(self, found: Sequence[Gap]) -> list[Gap]:
        """Gaps with the documents that come nearest to their questions."""
        answers = {one.answer_id for gap in found for one in gap.asked[:EXAMPLES]}
        with self._database.read() as session:
            near = missing.nearest(session, answers)
        return [
            replace(gap, near=_best([near.get(one.answer_id, ()) for one in gap.asked[:EXAMPLES]])) for gap in found
        ]

    def _picture(self, days: int) -> Picture:
        until = now().date()
        since = until - timedelta(days=days - 1)
        with self._database.read() as session:
            known = {one.id: one for one in topics.everything(session)}
            counted = {one.topic_id: one for one in topics.counts(session, since, until)}
            earlier = topics.counts(session, since - timedelta(days=days), since - timedelta(days=1))
            along = topics.days(session, since, until)
        before = {one.topic_id: one for one in earlier}
        asked, asked_before = sum(one.asked for one in counted.values()), sum(one.asked for one in earlier)
        figures = [
            TopicFigures(
                topic=known.get(topic_id) if topic_id is not None else None,
                now=one,
                before=(past := before.get(topic_id, _nothing(topic_id))),
                along=_stretches(along.get(topic_id, {}), since, days),
                change=_change(one.asked, asked, past.asked, asked_before),
            )
            for topic_id in {*known, *counted}
            if (one := counted.get(topic_id, _nothing(topic_id))).asked or before.get(topic_id)
        ]
        ordered = sorted(figures, key=lambda one: (one.topic is None, -one.now.asked))
        return Picture(since, until, asked, asked_before, tuple(ordered))


def _change(part: int, whole: int, part_before: int, whole_before: int) -> intervals.Interval:
    """Between what the difference of the shares lies; of nothing nothing is known."""
    if not whole or not whole_before:
        return -1.0, 1.0
    within_before, within = intervals.wilson(part_before, whole_before), intervals.wilson(part, whole)
    return intervals.difference(part_before / whole_before, within_before, part / whole, within)


def _best(found: Sequence[Sequence[NearRecord]]) -> tuple[NearRecord, ...]:
    """Each document with its best score."""
    best: dict[int, NearRecord] = {}
    for one in sorted((one for near in found for one in near), key=lambda one: -one.relevance):
        best.setdefault(one.document_id, one)
    return tuple(best.values())[:NEAREST]


def _nothing(topic_id: int | None) -> TopicCounts:
    return TopicCounts(topic_id, 0, 0, 0, 0, 0, 0, 0)


def _stretches(days: dict[date, int], since: date, length: int) -> tuple[int, ...]:
    width = -(-length // POINTS)
    sums = [0] * -(-length // width)
    for day, asked in days.items():
        sums[(day - since).days // width] += asked
    return tuple(sums)
