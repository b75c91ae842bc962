"""Whose is what: conversations and answers belong to the person who asked."""

import hashlib

from store import feedback
from store.engine import Database


class NotYours(Exception):
    """The conversation or message is not there, or belongs to somebody else."""


def person_id(secret: str) -> str:
    """Who holds this cookie: a hash of it, so that the database gives no secret away.

    Ids of others, such as the command line and programs, never look like this: a browser may send any cookie.
    """
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def require_own(database: Database, person: str, answer_id: int) -> None:
    """Raises NotYours, Unavailable."""
    with database.read() as session:
        if not feedback.is_own_answer(session, person, answer_id):
            raise NotYours
