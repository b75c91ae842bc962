"""Verified answers: texts a reviewer vouches for, served at once to questions like theirs while their sources stand.

Found in memory, and looked at in SQL before each is served: what was switched off or has expired meanwhile, in whatever
process, is not. docs/decisions/0016 says why and what else was thought of.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from rag.examples import Unfit
from rag.review.fitness import documents_of, fit_citations, fit_guards, fit_places, fit_question, fit_words
from rag.review.forms import Form, formed
from rag.review.passing import Look, Wording, unguarded
from rag.review.sameness import Embed, Known, equal, matching
from rag.review.standing import Grounds
from rag.review.upholding import Upheld, Upholding, words_of
from store import approvals, conversations, grounds, verified
from store.engine import Database, Unavailable
from store.records import CitationRecord, VerifiedRecord, VerifiedState

FRESH_S = 5.0  # how long they are used before other processes' changes are looked for
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be served; `what` goes into the history."""

    question: str
    text: str
    citations: Sequence[CitationRecord]
    what: str


class Verified:
    """Keeps, finds and lets expire. Safe to use from many threads."""

    def __init__(self, database: Database, embed: Embed = lambda _: None, look: Look = unguarded) -> None:
        """`embed` gives vectors of length one, or None while there is no model: then only equal words match.

        `look` tells what guards make of a text.
        """
        self._database = database
        self._look_at = look
        self._upholding = Upholding(database, look, self._changed)
        self._embed = embed
        self._looking = threading.Lock()
        self._known: Sequence[Known] = ()
        self._fresh_until = 0.0

    def find(self, query: str, tags: Sequence[str] = ()) -> Upheld | None:
        """The one to serve for a question that stands alone; with tags, if all its sources bear one of them.

        Its footnotes stand in the documents as they are now, and the guards of answers let it pass. Raises Unavailable.
        """
        known = self._all()
        asked = formed(query) if known else None
        if asked is None:
            return None
        found = matching(asked, known, self._embed)
        return self._upholding.ready(found, tags) if found else None

    def make(self, answer_id: int, question: str, *, by: str) -> None:
        """Serves an answer, as it was approved if it was, for this question from now on. Raises Unfit, Unavailable."""
        question = " ".join(question.split())
        form = fit_question(question)
        with self._database.read() as session:
            _require_alone(verified.live(session), form, answer_id)
            found = conversations.answer(session, answer_id)
            if found is None:
                raise Unfit("This answer is gone.")
            approved = approvals.of(session, answer_id)
            text = approved.text if approved else found[1].text
            fit_words(question, text, found[1].text)
            citations = fit_citations(found[1], text)
            ground = grounds.of_documents(session, documents_of(citations))
        wanted = Wanted(question, text, citations, "approved text" if approved else "as it is")
        self._put(answer_id, wanted, ground, by=by)

    def renew(self, answer_id: int, *, by: str) -> None:
        """Serves it again after somebody looked: its quotes are found again where they stand now.

        Raises Unfit, Unavailable.
        """
        with self._database.read() as session:
            record = verified.of_answers(session, [answer_id]).get(answer_id)
            if record is None:
                raise Unfit("This verified answer is gone.")
            if not record.citations:
                raise Unfit("Its words went with a document that was deleted. Make it anew from another answer.")
            ground = grounds.of_documents(session, documents_of(record.citations))
        self._put(answer_id, Wanted(record.question, record.text, record.citations, "renewed"), ground, by=by)

    def _put(self, answer_id: int, wanted: Wanted, ground: Grounds, *, by: str) -> None:
        place = fit_places(wanted.citations, ground)
        fit_guards(self._look_at, Wording(wanted.question, wanted.text, place.citations, words_of(place, ground)))
        with self._database.write() as session:
            _require_alone(verified.live(session), fit_question(wanted.question), answer_id)
            verified.put(
                session,
                answer_id,
                wanted.question,
                wanted.text,
                citations=place.citations,
                sources=place.sources,
                by=by,
                what=wanted.what,
            )
        self._changed()

    def switch_off(self, answer_id: int, *, by: str) -> None:
        """It is served no more, and kept. Raises Unavailable."""
        with self._database.write() as session:
            verified.turn_off(session, answer_id, by=by)
        self._changed()

    def delete(self, answer_id: int, *, by: str) -> None:
        """Deletes it, once and for all. Raises Unavailable."""
        with self._database.write() as session:
            verified.remove(session, answer_id, by=by)
        self._changed()

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
        for record in self._upholding.unsettled(live):
            if closing.is_set():
                return
            self._upholding.ready(record)

    def _changed(self) -> None:
        self._fresh_until = 0.0

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


def _formed(records: Sequence[VerifiedRecord]) -> list[Known]:
    return [(form, record) for record in records if (form := formed(record.question))]


def _require_alone(live: Sequence[VerifiedRecord], form: Form, answer_id: int) -> None:
    """Raises Unfit when another one is served for this question."""
    if any(equal(form, other) and one.message_id != answer_id for other, one in _formed(live)):
        raise Unfit("Another verified answer is served for this question already: switch that one off first.")
