"""The audit log: every look at a conversation, every act on many items and every export leaves an entry."""

from collections.abc import Sequence
from datetime import timedelta

from store import audit, item_whole
from store.engine import Database
from store.records.auditing import AuditFilter, AuditRecord

COMMAND = "command"  # who does something at the command line
AGAIN_AFTER = timedelta(minutes=5)  # a page is drawn at every click: within this time a look is the same look


class Audit:
    """Writes and reads the log. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(
        self,
        actor: str,
        act: str,
        *,
        conversation_id: str | None = None,
        message_id: int | None = None,
        detail: str = "",
    ) -> None:
        """Keeps an entry. `detail` holds no words of a conversation."""
        with self._database.write() as session:
            audit.add(session, actor, act, conversation_id=conversation_id, message_id=message_id, detail=detail)

    def looked(self, actor: str, answer_ids: Sequence[int], act: str = "looked") -> None:
        """Notes who looks at these answers, once in a few minutes each. Called before they are shown."""
        if not answer_ids:
            return
        with self._database.read() as session:
            known = audit.lately(session, actor, act, AGAIN_AFTER, message_ids=answer_ids)
            fresh = [one for one in answer_ids if one not in known]
            of = item_whole.conversations_of(session, fresh) if fresh else {}
        if of:
            with self._database.write() as session:
                audit.add_looks(session, actor, act, of)

    def listed(self, actor: str, detail: str) -> None:
        """Notes who looks at a part of the list, once in a few minutes each."""
        with self._database.read() as session:
            known = audit.lately(session, actor, "listed", AGAIN_AFTER, detail=detail)
        if not known:
            self.note(actor, "listed", detail=detail)

    def page(self, wanted: AuditFilter, *, limit: int, offset: int = 0) -> list[AuditRecord]:
        """A part of the log, the latest first."""
        with self._database.read() as session:
            return audit.page(session, wanted, limit=limit, offset=offset)

    def count(self, wanted: AuditFilter) -> int:
        with self._database.read() as session:
            return audit.count(session, wanted)

    def choices(self) -> tuple[list[str], list[str]]:
        """The people and the kinds of entries that there are."""
        with self._database.read() as session:
            return audit.actors(session), audit.acts(session)
