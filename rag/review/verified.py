"""Verified answers: texts a reviewer vouches for, served at once to questions like theirs while their sources stand.

Found in memory, and looked at in SQL before each is served: what was switched off or has expired meanwhile, in whatever
process, is not. docs/decisions/0016 says why and what else was thought of.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from rag.examples import Unfit
from rag.review import standing
from rag.review.fitness import documents_of, fit_citations, fit_places, fit_question, fit_words
from rag.review.forms import Form, formed
from rag.review.sameness import Embed, Known, equal, matching
from rag.review.standing import Grounds, Moved
from rag.review.veil import INSTEAD
from store import approvals, chunks, conversations, feedback, grounds, verified
from store.engine import Database, Unavailable
from store.records import VerifiedRecord, VerifiedState

AT_ONCE = 100  # looked at together by the chore
FRESH_S = 5.0  # how long they are used before other processes' changes are looked for
log = logging.getLogger(__name__)


class Verified:
    """Keeps, finds and lets expire. Safe to use from many threads."""

    def __init__(self, database: Database, embed: Embed = lambda _: None) -> None:
        """`embed` gives vectors of length one, or None while there is no model: then only equal words match."""
        self._database = database
        self._embed = embed
        self._looking = threading.Lock()
        self._known: Sequence[Known] = ()
        self._fresh_until = 0.0

    def find(self, query: str, tags: Sequence[str] = ()) -> VerifiedRecord | None:
        """The one to serve for a question that stands alone; with tags, if all its sources bear one of them.

        Its footnotes stand in the documents as they are now. Raises Unavailable.
        """
        known = self._all()
        asked = formed(query) if known else None
        if asked is None:
            return None
        found = matching(asked, known, self._embed)
        return self._standing(found, tags) if found else None

    def make(self, answer_id: int, question: str, *, by: str) -> None:
        """Serves an answer, as it was approved if it was, for this question from now on. Raises Unfit, Unavailable."""
        question = " ".join(question.split())
        form = fit_question(question)
        with self._database.write() as session:
            _require_alone(verified.live(session), form, answer_id)
            found = conversations.answer(session, answer_id)
            if found is None:
                raise Unfit("This answer is gone.")
            approved = approvals.of(session, answer_id)
            text = approved.text if approved else found[1].text
            fit_words(question, text, found[1].text)
            citations = fit_citations(found[1], text)
            place = fit_places(citations, grounds.of_documents(session, documents_of(citations)))
            verified.put(
                session,
                answer_id,
                question,
                text,
                citations=place.citations,
                sources=place.sources,
                by=by,
                what="approved text" if approved else "as it is",
            )
        self._fresh_until = 0.0

    def renew(self, answer_id: int, *, by: str) -> None:
        """Serves it again after somebody looked: its quotes are found again where they stand now.

        Raises Unfit, Unavailable.
        """
        with self._database.write() as session:
            record = verified.of_answers(session, [answer_id]).get(answer_id)
            if record is None:
                raise Unfit("This verified answer is gone.")
            if not record.citations:
                raise Unfit("Its words went with a document that was deleted. Make it anew from another answer.")
            _require_alone(verified.live(session), fit_question(record.question), answer_id)
            place = fit_places(record.citations, grounds.of_documents(session, documents_of(record.citations)))
            verified.put(
                session,
                answer_id,
                record.question,
                record.text,
                citations=place.citations,
                sources=place.sources,
                by=by,
                what="renewed",
            )
        self._fresh_until = 0.0

    def switch_off(self, answer_id: int, *, by: str) -> None:
        """It is served no more, and kept. Raises Unavailable."""
        with self._database.write() as session:
            verified.turn_off(session, answer_id, by=by)
        self._fresh_until = 0.0

    def delete(self, answer_id: int, *, by: str) -> None:
        """Deletes it, once and for all. Raises Unavailable."""
        with self._database.write() as session:
            verified.remove(session, answer_id, by=by)
        self._fresh_until = 0.0

    def of(self, answer_id: int) -> VerifiedRecord | None:
        """The one made from an answer. Raises Unavailable."""
        with self._database.read() as session:
            return verified.of_answers(session, [answer_id]).get(answer_id)

    def listing(self, state: VerifiedState | None = None, *, limit: int = 50, offset: int = 0) -> list[VerifiedRecord]:
        """A page of those in a state, or of all, the latest change first. Raises Unavailable."""
        with self._database.read() as session:
            return verified.page(session, state, limit=limit, offset=offset)

    def counts(self) -> dict[VerifiedState, int]:
        """How many there are in each state that has any. Raises Unavailable."""
        with self._database.read() as session:
            return verified.counts(session)

    def expire_moved(self, closing: threading.Event) -> None:
        """Lets expire what does not stand in the documents any more: those nobody asks for, too. Raises Unavailable."""
        with self._database.read() as session:
            live = verified.live(session)
        for begin in range(0, len(live), AT_ONCE):
            for record in self._changed(live[begin : begin + AT_ONCE]):
                if closing.is_set():
                    return
                self._standing(record, ())

    def _changed(self, records: Sequence[VerifiedRecord]) -> list[VerifiedRecord]:
        """Those whose sources are not as they were, looked at together: a few statements, however many there are."""
        ids = {source["chunk_id"] for record in records for source in record.sources}
        with self._database.read() as session:
            known, allowed = chunks.get(session, ids), chunks.may_answer(session, ids)
        return [record for record in records if not standing.unchanged(record, known, allowed)]

    def _all(self) -> Sequence[Known]:
        now = time.monotonic()
        if now >= self._fresh_until and self._looking.acquire(blocking=False):
            try:
                self._fresh_until = now + FRESH_S
                self._known = self._look()
            except Unavailable as error:
                log.warning("The verified answers stay as they are: %s", error)
            finally:
                self._looking.release()
        return self._known

    def _look(self) -> list[Known]:
        with self._database.read() as session:
            return _formed(verified.live(session))

    def _standing(self, record: VerifiedRecord, tags: Sequence[str]) -> VerifiedRecord | None:
        """The record with its footnotes where they stand now; None, and expired, where they do not."""
        ids = [source["chunk_id"] for source in record.sources]
        with self._database.read() as session:
            current = verified.get(session, record.id)
            if current is None or current.state != "live":
                return None
            mark = INSTEAD.search(current.text)
            if mark and mark[0] not in feedback.text_of(session, current.message_id):  # of an earlier version
                self._expire(current, f"{mark[0]} stands in it where words were hidden.")
                return None
            known, allowed = chunks.get(session, ids), chunks.may_answer(session, ids)
            if standing.unchanged(current, known, allowed):
                return current if not tags or chunks.may_answer(session, ids, tags) >= set(ids) else None
            ground = grounds.of_documents(session, documents_of(current.citations))
        return self._moved(current, ground, tags)

    def _expire(self, record: VerifiedRecord, why: str) -> None:
        with self._database.write() as session:
            verified.expire(session, record.id, why)
        self._fresh_until = 0.0

    def _moved(self, record: VerifiedRecord, ground: Grounds, tags: Sequence[str]) -> VerifiedRecord | None:
        try:
            place = standing.still(record, ground)
        except Moved as why:
            self._expire(record, str(why))
            return None
        ids = [source["chunk_id"] for source in place.sources]
        with self._database.write() as session:
            verified.move(session, record.id, place.citations, place.sources)
            fits = chunks.may_answer(session, ids, tags) >= set(ids)
        return replace(record, citations=place.citations, sources=place.sources) if fits else None


def _formed(records: Sequence[VerifiedRecord]) -> list[Known]:
    return [(form, record) for record in records if (form := formed(record.question))]


def _require_alone(live: Sequence[VerifiedRecord], form: Form, answer_id: int) -> None:
    """Raises Unfit when another one is served for this question."""
    if any(equal(form, other) and one.message_id != answer_id for other, one in _formed(live)):
        raise Unfit("Another verified answer is served for this question already: switch that one off first.")
