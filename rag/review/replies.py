"""Replies of reviewers to the people who reported something: sent from the Review page, read in the chat.

BadReply        an empty or over-long one; the message says which
"""

from collections.abc import Collection, Mapping, Sequence

from rag.owners import NotYours
from rag.review.veil import INSTEAD
from store import feedback, replies
from store.engine import Database
from store.records import ReplyRecord

LONGEST = 4000  # characters of one reply


class BadReply(Exception):
    """A reply that cannot be sent, with words for whoever wrote it."""


class Replies:
    """Takes replies and hands them to their readers. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, answer_id: int, text: str, by: str) -> None:
        """Sends these words of the reviewer `by` to the reader of an answer. Raises BadReply, NotYours, Unavailable."""
        words = text.strip()
        if not words:
            raise BadReply("The reply is empty.")
        if len(words) > LONGEST:
            raise BadReply(f"The reply has {len(words):,} characters; {LONGEST:,} can be sent.")
        with self._database.write() as session:
            if (mark := INSTEAD.search(words)) and mark[0] not in feedback.text_of(session, answer_id):
                raise BadReply(f"{mark[0]} stands for something hidden from you; its reader would see just that.")
            if not replies.add(session, answer_id, words, by):
                raise NotYours

    def of_answers(self, answer_ids: Collection[int]) -> Mapping[int, Sequence[ReplyRecord]]:
        """The replies to each of these answers, for reviewers; an answer without one has no entry."""
        with self._database.read() as session:
            return replies.of_answers(session, answer_ids)

    def of_conversation(self, person: str, conversation_id: str) -> Mapping[int, Sequence[ReplyRecord]]:
        """The replies to each answer of the person's own conversation; of somebody else's there are none."""
        with self._database.read() as session:
            return replies.of_conversation(session, person, conversation_id)

    def unread(self, person: str) -> Mapping[str, int]:
        """How many replies the person has not seen, by conversation; the latest one's conversation first."""
        with self._database.read() as session:
            return replies.unread(session, person)

    def seen(self, person: str, answer_ids: int | Collection[int]) -> None:
        """Notes that the person has seen the replies to these answers; those of others stay as they are."""
        ids = [answer_ids] if isinstance(answer_ids, int) else answer_ids
        if ids:
            with self._database.write() as session:
                replies.seen(session, person, ids)
