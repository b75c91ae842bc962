"""The analysts' desk: what they look at and decide.

Each part is imported and built when it is first used: most of them by nobody who only asks questions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rag.pipeline import Pipeline
from rag.retrieval.embedding import Embedder
from rag.review.verified import Verified
from rag.settings import Settings
from store.engine import Database

if TYPE_CHECKING:
    from rag.chores import Chores
    from rag.demo.demo import Demo
    from rag.digest.reports import Reports
    from rag.economics.economics import Economics
    from rag.examples import Examples
    from rag.exports.exports import Exports
    from rag.exports.run import Asking
    from rag.quality import Quality
    from rag.retention import Retention
    from rag.review.approvals import Approvals
    from rag.review.audit import Audit
    from rag.review.cases import Cases
    from rag.review.inbox import Inbox
    from rag.review.masking import Masking
    from rag.review.outcomes import Outcomes
    from rag.review.people import People
    from rag.review.replies import Replies
    from rag.review.tasks import Tasks
    from rag.topics.topics import Topics


@dataclass(frozen=True)
class Desk:
    """Everything behind the Review and Quality pages. Safe to use from many threads."""

    settings: Settings
    database: Database
    pipeline: Pipeline | None = None  # whose examples and verified answers these are
    embedder: Callable[[], Embedder | None] = lambda: None
    busy: Callable[[], bool] = lambda: False  # whether answers are being written
    asking: "Asking | None" = None  # the models

    @cached_property
    def chores(self) -> "Chores":
        """What is done for analysts while nobody looks."""
        from rag.chores import Chore, Chores
        from rag.review.catching_up import CatchingUp

        catching_up = CatchingUp(self.database)
        return Chores(
            [
                Chore("items", 60, catching_up.catch_up),
                Chore("changed items", 10, catching_up.refresh_due),
                *([Chore("masked words", 5, self.inbox.masked_words.keep_up)] if self.masking.hides_anything else []),
                Chore("verified", 60, self.verified.expire_moved),
                *self.retention.chores(),
                Chore("topics", 15, self.topics.keeping.keep_up),
            ]
        )

    @cached_property
    def topics(self) -> "Topics":
        """What questions are about, and what the documents do not answer."""
        from rag.topics.topics import Topics

        return Topics(self.database, self.embedder, self.busy)

    @cached_property
    def examples(self) -> "Examples":
        """Approved answers that models are shown."""
        from rag.examples import Examples

        return self.pipeline.writers.examples if self.pipeline else Examples(self.database)

    @cached_property
    def verified(self) -> Verified:
        """Answers that reviewers vouch for."""
        return self.pipeline.verified if self.pipeline else Verified(self.database)

    @cached_property
    def approvals(self) -> "Approvals":
        """The texts that reviewers stand behind."""
        from rag.review.approvals import Approvals

        return Approvals(self.database)

    @cached_property
    def cases(self) -> "Cases":
        """Test cases made from answers."""
        from rag.review.cases import Cases

        return Cases(self.database)

    @cached_property
    def tasks(self) -> "Tasks":
        """What is to be done about the documents."""
        from rag.review.tasks import Tasks

        return Tasks(self.database)

    @cached_property
    def outcomes(self) -> "Outcomes":
        """What was made of one answer."""
        from rag.review.outcomes import Outcomes

        parts = (self.approvals, self.cases, self.tasks, self.examples, self.verified, self.masking)
        return Outcomes(self.database, *parts)

    @cached_property
    def audit(self) -> "Audit":
        """Who looked at, changed and exported what."""
        from rag.review.audit import Audit

        return Audit(self.database)

    @cached_property
    def people(self) -> "People":
        """How reviewers are called."""
        from rag.review.people import People

        return People(self.database)

    @cached_property
    def masking(self) -> "Masking":
        """Who sees personal data."""
        from rag.review.masking import Masking

        return Masking(self.settings.review)

    @cached_property
    def inbox(self) -> "Inbox":
        """The answers to review."""
        from rag.review.inbox import Inbox

        return Inbox(self.settings, self.database, self.audit, self.masking)

    @cached_property
    def replies(self) -> "Replies":
        """What reviewers tell the people who reported something."""
        from rag.review.replies import Replies

        return Replies(self.database)

    @cached_property
    def quality(self) -> "Quality":
        """How well the app does."""
        from rag.quality import Quality

        return Quality(self.database)

    @cached_property
    def retention(self) -> "Retention":
        """How long conversations are kept."""
        from rag.retention import Retention

        return Retention(self.database, self.settings.retention.days)

    @cached_property
    def exports(self) -> "Exports":
        """Feedback and training data as files."""
        from rag.exports.exports import Exports

        return Exports(self.settings, self.database, self.masking, self.audit, self.asking)

    @cached_property
    def economics(self) -> "Economics":
        """Build or buy."""
        from rag.economics.economics import Economics

        return Economics(self.settings, self.database)

    @cached_property
    def reports(self) -> "Reports":
        """What happened in a week."""
        from rag.digest.reports import Reports

        return Reports(self.database, self.quality, self.settings.brand.name)

    @cached_property
    def demo(self) -> "Demo":
        """Invented traffic, to show the pages on the first day."""
        from rag.demo.demo import Demo

        return Demo(self.database, self.settings, self.embedder)

    def close(self) -> None:
        """Ends what is done behind the pages."""
        for part in ("chores", "demo", "exports"):
            if part in vars(self):  # what was never used is not built to be closed
                vars(self)[part].close()
