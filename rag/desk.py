"""The analysts' desk: what they look at and decide, each part built when it is first used."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag.budget import Budget
from rag.cancellation import Cancellation
from rag.chores import Chore, Chores
from rag.demo.demo import Demo
from rag.digest.reports import Reports
from rag.economics.economics import Economics
from rag.examples import Examples
from rag.exports.exports import Exports
from rag.exports.judging import Judging
from rag.models.line import Line
from rag.pipeline import Pipeline
from rag.quality import Quality
from rag.retention import REST_S, Retention
from rag.retrieval.embedding import Embedder
from rag.review.approvals import Approvals
from rag.review.audit import Audit
from rag.review.cases import Cases
from rag.review.inbox import Inbox
from rag.review.masking import Masking
from rag.review.outcomes import Outcomes
from rag.review.people import People
from rag.review.replies import Replies
from rag.review.tasks import Tasks
from rag.review.verified import Verified
from rag.settings import Settings
from rag.topics.topics import Topics
from store import items
from store.engine import Database

CAUGHT_UP_AT_ONCE = 200  # items in one transaction: some hundredths of a second


@dataclass(frozen=True)
class Desk:
    """Everything behind the Review and Quality pages. Safe to use from many threads."""

    settings: Settings
    database: Database
    pipeline: Pipeline | None = None  # whose examples and verified answers these are
    embedder: Callable[[], Embedder | None] = lambda: None
    busy: Callable[[], bool] = lambda: False  # whether answers are being written
    models: Callable[[Cancellation], Sequence[Line]] | None = None  # that can be asked
    budget: Budget | None = None

    @cached_property
    def chores(self) -> Chores:
        """What is done for analysts while nobody looks."""
        return Chores(
            [
                Chore("items", 60, self.catch_up),
                Chore("verified", 60, self.verified.expire_moved),
                *self.retention.chores(),
                Chore("topics", 15, self.topics.keeping.keep_up),
            ]
        )

    @cached_property
    def topics(self) -> Topics:
        """What questions are about, and what the documents do not answer."""
        return Topics(self.database, self.embedder, self.busy)

    @cached_property
    def examples(self) -> Examples:
        """Approved answers that models are shown."""
        return self.pipeline.writers.examples if self.pipeline else Examples(self.database)

    @cached_property
    def verified(self) -> Verified:
        """Answers that reviewers vouch for."""
        return self.pipeline.verified if self.pipeline else Verified(self.database)

    @cached_property
    def approvals(self) -> Approvals:
        """The texts that reviewers stand behind."""
        return Approvals(self.database)

    @cached_property
    def cases(self) -> Cases:
        """Test cases made from answers."""
        return Cases(self.database)

    @cached_property
    def tasks(self) -> Tasks:
        """What is to be done about the documents."""
        return Tasks(self.database)

    @cached_property
    def outcomes(self) -> Outcomes:
        """What was made of one answer."""
        parts = (self.approvals, self.cases, self.tasks, self.examples, self.verified, self.masking)
        return Outcomes(self.database, *parts)

    @cached_property
    def audit(self) -> Audit:
        """Who looked at, changed and exported what."""
        return Audit(self.database)

    @cached_property
    def people(self) -> People:
        """How reviewers are called."""
        return People(self.database)

    @cached_property
    def masking(self) -> Masking:
        """Who sees personal data."""
        return Masking(self.settings.review)

    @cached_property
    def inbox(self) -> Inbox:
        """The answers to review."""
        return Inbox(self.settings, self.database, self.audit, self.masking)

    @cached_property
    def replies(self) -> Replies:
        """What reviewers tell the people who reported something."""
        return Replies(self.database)

    @cached_property
    def quality(self) -> Quality:
        """How well the app does."""
        return Quality(self.database)

    @cached_property
    def retention(self) -> Retention:
        """How long conversations are kept."""
        return Retention(self.database, self.settings.retention.days)

    @cached_property
    def exports(self) -> Exports:
        """Feedback and training data as files."""
        return Exports(self.settings, self.database, self.masking, self.audit, self.judging)

    @cached_property
    def judging(self) -> Judging:
        """A model as judge of training data."""
        return Judging(self.settings, self.database, self.models, self.budget)

    @cached_property
    def economics(self) -> Economics:
        """Build or buy."""
        return Economics(self.settings, self.database)

    @cached_property
    def reports(self) -> Reports:
        """What happened in a week."""
        return Reports(self.database, self.quality, self.settings.brand.name)

    @cached_property
    def demo(self) -> Demo:
        """Invented traffic, to show the pages on the first day."""
        return Demo(self.database, self.settings, self.embedder)

    def close(self) -> None:
        """Ends what is done behind the pages."""
        self.chores.close()
        self.demo.close()
        self.judging.close()

    def catch_up(self, closing: threading.Event) -> None:
        """Gives answers that have none their items: after an update of this app, or a crash. Raises Unavailable."""
        while not closing.is_set():
            with self.database.read() as session:
                found = items.missing(session, CAUGHT_UP_AT_ONCE)
            if not found:
                return
            with self.database.write() as session:
                items.refresh(session, found)
            closing.wait(REST_S)
