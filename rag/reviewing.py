"""What people say about guards: readers appeal a refusal, reviewers say whether a question was harmless."""

import hashlib
from collections.abc import Callable, Sequence

from rag.owners import NotYours
from store import feedback, reviews
from store.engine import Database
from store.records import STOPPING, AnswerRecord, ReviewFilter, ReviewRecord, ReviewVerdict


class Reviews:
    """Takes appeals and verdicts. Safe to use from many threads. `appealed` is told of each appeal."""

    def __init__(self, database: Database, appealed: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._appealed = appealed

    def appeal(self, person: str, answer_id: int) -> None:
        """Asks reviewers to look at a refusal; once is enough. Raises NotYours, Unavailable."""
        with self._database.write() as session:
            if not feedback.is_own_answer(session, person, answer_id):
                raise NotYours
            is_new = reviews.appeal(session, answer_id)
        if is_new:
            self._appealed()

    def browse(self, wanted: ReviewFilter, *, limit: int, offset: int = 0) -> list[ReviewRecord]:
        """A page of what is asked, the newest first. Raises Unavailable."""
        with self._database.read() as session:
            return reviews.page(session, wanted, limit=limit, offset=offset)

    def of_answers(self, answer_ids: Sequence[int]) -> list[ReviewRecord]:
        """What is asked about these answers, the newest first; those deleted meanwhile are left out.

        Raises Unavailable.
        """
        with self._database.read() as session:
            return reviews.of_answers(session, answer_ids)

    def count(self, wanted: ReviewFilter) -> int:
        """How much there is to look at. Raises Unavailable."""
        with self._database.read() as session:
            return reviews.count(session, wanted)

    def decide(self, answer_id: int, verdict: ReviewVerdict | None) -> bool:
        """Keeps a verdict, the last one stands; None takes it back. Gives False when the answer was deleted.

        Raises Unavailable.
        """
        with self._database.write() as session:
            return reviews.decide(session, answer_id, verdict)


def can_appeal(answer: AnswerRecord) -> bool:
    """Whether guards refused it. An empty or over-long question is refused by no guard: there is nothing to look at."""
    return answer.state == "refused" and any(
        one.stand in ("question", "answer") and one.action in STOPPING for one in answer.findings
    )


def sampled(trace_id: str, share: float) -> bool:
    """Whether reviewers are asked about this question: a share of all, the same ones each time one looks."""
    drawn = int.from_bytes(hashlib.sha256(trace_id.encode()).digest()[:8]) / 2**64
    return drawn < share
