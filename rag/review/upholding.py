"""Whether a verified answer may be served as things are now: its sources stand, and the guards let it pass.

Where it may not for good, it expires, with the reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from guards.verdicts import Ruling
from rag.review import standing
from rag.review.fitness import documents_of
from rag.review.passing import Look, Stopped, Wording
from rag.review.standing import Grounds, Moved, Placed
from rag.review.veil import INSTEAD
from store import chunks, feedback, grounds, verified
from store.engine import Database
from store.records import VerifiedRecord

AT_ONCE = 100  # looked at together: some hundredths of a second


@dataclass(frozen=True, slots=True)
class Upheld:
    """A verified answer as readers may see it, and what guards have told of it."""

    record: VerifiedRecord
    rulings: tuple[Ruling, ...] = ()


class Upholding:
    """Looks at one before it is served. Safe to use from many threads."""

    def __init__(self, database: Database, look: Look, expired: Callable[[], None]) -> None:
        """`look` tells what guards make of it, `expired` is called after one has expired."""
        self._database = database
        self._look = look
        self._expired = expired
        self._all_looked_at = False

    def unsettled(self, records: Sequence[VerifiedRecord]) -> Iterator[VerifiedRecord]:
        """All of them once, as guards may be others since this start; then those whose sources are not as they were.

        These are found together: a few statements, however many there are. Raises Unavailable.
        """
        if not self._all_looked_at:
            yield from records
            self._all_looked_at = True
            return
        for begin in range(0, len(records), AT_ONCE):
            some = records[begin : begin + AT_ONCE]
            ids = {source["chunk_id"] for record in some for source in record.sources}
            with self._database.read() as session:
                known, allowed = chunks.get(session, ids), chunks.may_answer(session, ids)
            yield from (record for record in some if not standing.unchanged(record, known, allowed))

    def ready(self, record: VerifiedRecord, tags: Sequence[str] = ()) -> Upheld | None:
        """The record with its footnotes where they stand now, as readers may see it; None where it may not be served.

        Raises Unavailable.
        """
        ids = [source["chunk_id"] for source in record.sources]
        with self._database.read() as session:
            current = verified.get(session, record.id)
            if current is None or current.state != "live":
                return None
            mark = INSTEAD.search(current.text)
            torn = mark and mark[0] not in feedback.text_of(session, current.message_id)  # of an earlier version
            known, allowed = chunks.get(session, ids), chunks.may_answer(session, ids)
            if as_it_was := standing.unchanged(current, known, allowed):
                fits = not tags or chunks.may_answer(session, ids, tags) >= set(ids)
            else:
                ground = grounds.of_documents(session, documents_of(current.citations))
        if mark and torn:
            self._expire(current, f"{mark[0]} stands in it where words were hidden.")
            return None
        if as_it_was:
            return self._passed(current, [known[one].text for one in ids]) if fits else None
        return self._moved(current, ground, tags)

    def _moved(self, record: VerifiedRecord, ground: Grounds, tags: Sequence[str]) -> Upheld | None:
        try:
            place = standing.still(record, ground)
        except Moved as why:
            self._expire(record, str(why))
            return None
        ids = [source["chunk_id"] for source in place.sources]
        with self._database.write() as session:
            verified.move(session, record.id, place.citations, place.sources)
            fits = chunks.may_answer(session, ids, tags) >= set(ids)
        moved = replace(record, citations=place.citations, sources=place.sources)
        return self._passed(moved, words_of(place, ground)) if fits else None

    def _passed(self, record: VerifiedRecord, pieces: Sequence[str]) -> Upheld | None:
        try:
            looked = self._look(Wording(record.question, record.text, record.citations, tuple(pieces)))
        except Stopped as why:
            if why.lasting:
                self._expire(record, str(why))
            return None
        if looked.text != record.text:  # what is known of its sentences goes by their places
            record = replace(record, text=looked.text, support=None)
        return Upheld(record, looked.rulings)

    def _expire(self, record: VerifiedRecord, why: str) -> None:
        with self._database.write() as session:
            verified.expire(session, record.id, why)
        self._expired()


def words_of(place: Placed, ground: Grounds) -> tuple[str, ...]:
    """The texts of the chunks that footnotes stand in."""
    texts = {piece.id: piece.text for one in ground.values() for piece in one.chunks}
    return tuple(texts[source["chunk_id"]] for source in place.sources)
