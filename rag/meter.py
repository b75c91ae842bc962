"""The over-blocking meter: how often guards bark at harmless questions, and what other thresholds would change."""

import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from guards.policy import Post
from rag.guarding import Guarding
from store import guard_statistics, guard_thresholds
from store.engine import Database
from store.guard_statistics import STEPS, Steps, Stretch
from store.records import STOPPING, ExampleQuestion, PostCounts, Reviewed

__all__ = ["DAYS", "Change", "Meter", "Picture", "PostFigures"]

DAYS = (7, 30, 90)
EXAMPLES = 20
FRESH_S = 60.0  # how long figures are kept: reading 100,000 traces takes about a second


@dataclass(frozen=True, slots=True)
class PostFigures:
    """A guard at its stand, and what it did there in the period. Shares come as (part, whole)."""

    post: Post
    from_settings: float  # the threshold there
    looked_at: int | None  # texts with a score; None where scores are not kept of every text
    counts: PostCounts
    questions: int  # all of the period

    @property
    def false_alarms(self) -> tuple[int, int]:
        """Of what it found and reviewers looked at."""
        return self.counts.wrong, self.counts.wrong + self.counts.right

    @property
    def false_alarms_of_all(self) -> tuple[int, int]:
        """Of all questions; at least, for reviewers look at few."""
        return self.counts.wrong, self.questions


@dataclass(frozen=True, slots=True)
class Picture:
    """All guards over a period."""

    posts: tuple[PostFigures, ...]
    reviewed: Reviewed


@dataclass(frozen=True, slots=True)
class Change:
    """What another threshold would have changed in the period."""

    gained: int  # questions that would be acted on, and were not
    lost: int  # and the other way round
    gained_examples: tuple[ExampleQuestion, ...] = ()
    lost_examples: tuple[ExampleQuestion, ...] = ()


class _Scores(NamedTuple):
    """How sure guards were in a period, as it was read at one time."""

    stretch: Stretch
    steps: Mapping[str, Steps]  # by "stand/guard"
    at: float


class Meter:
    """Reads figures about guards. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database, guarding: Guarding) -> None:
        self._database = database
        self._guarding = guarding
        self._lock = threading.Lock()
        self._kept: dict[int, _Scores] = {}

    def picture(self, days: int) -> Picture:
        """What each guard did at its stand in the last days."""
        scores, moment = self._scores(days), _ago(days)
        with self._database.read() as session:
            counts = {(one.guard, one.stand): one for one in guard_statistics.posts(session, moment)}
            reviewed = guard_statistics.reviewed(session, guard_statistics.since(session, moment))
        return Picture(
            tuple(
                PostFigures(
                    post,
                    self._guarding.threshold_set(post.stand, post.guard),
                    sum(scores.steps.get(f"question/{post.guard}", {}).values()) if post.stand == "question" else None,
                    counts.get((post.guard, post.stand), PostCounts(post.guard, post.stand, {})),
                    reviewed.answers,
                )
                for post in self._guarding.posts
            ),
            reviewed,
        )

    def change(self, guard: str, threshold: float, days: int) -> Change:
        """What this threshold would have changed at the questions of the last days. Raises KeyError for no such post.

        A question that another guard stops as well stays stopped.
        """
        post = next((one for one in self._guarding.posts if (one.stand, one.guard) == ("question", guard)), None)
        if post is None:
            raise KeyError(guard)
        scores, step, stopping = self._scores(days), _step(threshold), post.action in STOPPING
        with self._database.read() as session:
            every, alone = guard_thresholds.acted_on(session, scores.stretch, guard, stopping=stopping)
            would = _from(scores.steps.get(f"question/{guard}", {}), step)
            gained, lost = max(0, would - _from(every, step)), sum(alone.values()) - _from(alone, step)
            asked = (session, scores.stretch, guard, step)
            more = guard_thresholds.gained(*asked, stopping=stopping, limit=EXAMPLES) if gained else []
            fewer = guard_thresholds.lost(*asked, stopping=stopping, limit=EXAMPLES) if lost else []
        return Change(gained, lost, tuple(more), tuple(fewer))

    def _scores(self, days: int) -> _Scores:
        """What was read a moment ago, or reads it; by one thread at a time."""
        with self._lock:
            kept = self._kept.get(days)
            if kept is None or time.monotonic() - kept.at > FRESH_S:
                with self._database.read() as session:
                    stretch = guard_statistics.since(session, _ago(days))
                    steps = guard_statistics.scores(session, stretch)
                kept = self._kept[days] = _Scores(stretch, steps, time.monotonic())
        return kept


def _ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def _step(threshold: float) -> int:
    """The first step that reaches it."""
    return math.ceil(round(threshold * STEPS, 6))


def _from(steps: Steps, step: int) -> int:
    """How many questions there are from this step on."""
    return sum(count for at, count in steps.items() if at >= step)
