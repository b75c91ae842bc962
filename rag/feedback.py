"""What people say about answers: ratings, comments and corrections. One method a use case, one transaction each."""

from collections.abc import Sequence

from rag.owners import NotYours
from store import answers, feedback
from store.engine import Database
from store.models import now
from store.records import FeedbackRecord, Rating


class Feedback:
    """Takes feedback. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rate(
        self,
        person: str,
        answer_id: int,
        rating: Rating,
        *,
        reasons: Sequence[str] = (),
        comment: str = "",
    ) -> None:
        """Makes this the person's rating of an answer; 0 takes it back. A correction stays. Raises NotYours."""
        self._give(person, answer_id, rating=rating, reasons=tuple(reasons), comment=comment)

    def correct(self, person: str, answer_id: int, correction: str) -> None:
        """Keeps a corrected text beside the answer; an empty one takes it back. Raises NotYours."""
        self._give(person, answer_id, correction=correction.strip() or None)

    def answer_of(self, person: str, trace_id: str) -> int:
        """The answer with this trace. Raises NotYours."""
        with self._database.read() as session:
            answer_id = answers.of_trace(session, trace_id)
            if answer_id is None or not feedback.is_own_answer(session, person, answer_id):
                raise NotYours
            return answer_id

    def of(self, person: str, answer_id: int) -> FeedbackRecord:
        """What this person says about the answer now."""
        with self._database.read() as session:
            return feedback.current_by_answer(session, person, [answer_id])[answer_id]

    def _give(self, person: str, answer_id: int, **changes: object) -> None:
        with self._database.write() as session:
            if not feedback.is_own_answer(session, person, answer_id):
                raise NotYours
            before = feedback.current_by_answer(session, person, [answer_id]).get(answer_id)
            values = {"rating": 0, "reasons": (), "comment": "", "correction": None}
            if before:
                values |= {name: getattr(before, name) for name in values}
            feedback.give(session, person, answer_id, FeedbackRecord(**(values | changes), created_at=now()))  # type: ignore[arg-type]
