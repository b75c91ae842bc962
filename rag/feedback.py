"""What people say about answers: ratings, comments and corrections. One method a use case, one transaction each.

Each changes what it is about and leaves the rest as it stands in the database in that moment: whatever is given in
whatever order, from how many tabs, none of it is lost. What stood before is kept as history.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag import diffs
from rag.owners import NotYours
from rag.sources import look_up
from store import answers, feedback
from store.engine import Database
from store.models import now
from store.records import (
    BetterSourceRecord,
    FeedbackRecord,
    Rating,
    WrongSourceRecord,
)

Said = Callable[[FeedbackRecord], FeedbackRecord]


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
        reasons: Sequence[str] | None = None,
        comment: str | None = None,
    ) -> None:
        """Makes this the person's rating of an answer; 0 takes it back. Raises NotYours.

        Reasons say why it is bad, and go with a bad rating; comment and correction stay. None leaves as it is.
        """

        def said(before: FeedbackRecord) -> FeedbackRecord:
            kept = before.reasons if rating == before.rating else ()
            return replace(
                before,
                rating=rating,
                reasons=kept if reasons is None else tuple(reasons),
                comment=before.comment if comment is None else comment,
            )

        self._change(person, answer_id, said)

    def comment(self, person: str, answer_id: int, comment: str) -> None:
        """Keeps words about an answer; empty ones take them back. Raises NotYours."""
        self._change(person, answer_id, lambda before: replace(before, comment=comment.strip()))

    def correct(self, person: str, answer_id: int, correction: str) -> None:
        """Keeps a corrected text beside the answer, with what it changes; an empty one takes it back.

        Raises NotYours.
        """
        text = correction.strip() or None
        with self._database.read() as session:
            answer = feedback.text_of(session, answer_id)
        diff = diffs.changes(answer, text) if text else ()
        self._change(person, answer_id, lambda before: replace(before, correction=text, diff=diff))

    def call_wrong(self, person: str, answer_id: int, citation_id: int, *, wrong: bool = True) -> None:
        """Calls a footnote of an answer wrong, or takes that back. Raises NotYours."""
        self._source(person, answer_id, citation_id, lambda source: source if wrong else None)

    def name_better(
        self, person: str, answer_id: int, citation_id: int, better: BetterSourceRecord | None, *, words: str = ""
    ) -> None:
        """Names what should have been cited instead; words that stand in no document are kept as they are.

        None and no words take it back; the footnote is still called wrong. Raises NotYours.
        """
        said = words.strip()
        self._source(person, answer_id, citation_id, lambda source: replace(source, better=better, words=said))

    def find_source(self, words: str) -> BetterSourceRecord | None:
        """Where these words stand in the documents, or the document they name. Raises Unavailable."""
        return look_up(self._database, words)

    def answer_of(self, person: str, trace_id: str) -> int:
        """The answer with this trace. Raises NotYours."""
        with self._database.read() as session:
            answer_id = answers.of_trace(session, trace_id)
            if answer_id is None or not feedback.is_own_answer(session, person, answer_id):
                raise NotYours
            return answer_id

    def of(self, person: str, answer_id: int) -> FeedbackRecord:
        """What this person says about the answer now. Raises NotYours for one that is gone."""
        with self._database.read() as session:
            found = feedback.current_by_answer(session, person, [answer_id]).get(answer_id)
        if found is None:
            raise NotYours
        return found

    def _source(
        self,
        person: str,
        answer_id: int,
        citation_id: int,
        change: Callable[[WrongSourceRecord], WrongSourceRecord | None],
    ) -> None:
        with self._database.read() as session:
            footnote = feedback.footnote(session, answer_id, citation_id)
        if footnote is None:
            raise NotYours

        def said(before: FeedbackRecord) -> FeedbackRecord:
            sources = {one.citation_id: one for one in before.sources}
            changed = change(sources.pop(citation_id, footnote))
            kept = [*sources.values(), *([changed] if changed else [])]
            return replace(before, sources=tuple(sorted(kept, key=lambda one: (one.number, one.citation_id))))

        self._change(person, answer_id, said)

    def _change(self, person: str, answer_id: int, said: Said) -> None:
        with self._database.write() as session:
            if not feedback.is_own_answer(session, person, answer_id):
                raise NotYours
            before = feedback.current_by_answer(session, person, [answer_id]).get(answer_id)
            after = said(before or FeedbackRecord(0, (), "", None, now()))
            feedback.give(session, person, answer_id, after)
