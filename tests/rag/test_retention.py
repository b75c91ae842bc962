"""Retention: what is too old is deleted with everything said about it, and nothing else."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from rag.desk import Desk
from rag.retention import Retention
from rag.sections import Retention as Section
from rag.settings import Settings
from store import answers, conversations, item_words
from store.engine import Database
from store.models import AuditEntry, Conversation, Message, Person, ReviewItem
from tests.store.asking import ANA, asked, finished, trace

NOW = datetime(2026, 6, 17, 15, 0, tzinfo=UTC)
OPEN = threading.Event()  # never set: nothing is closing


def said(session: Session, days_ago: int) -> str:
    conversation_id, _, answer_id = asked(session)
    answers.finish(session, answer_id, finished(), trace(id=f"t{answer_id}"))
    change = update(Conversation).where(Conversation.id == conversation_id)
    session.execute(change.values(updated_at=NOW - timedelta(days=days_ago)))
    return conversation_id


def test_what_had_no_question_for_so_many_days_is_deleted(database: Database) -> None:
    with database.write() as session:
        said(session, 31)
        kept = said(session, 29)
    assert Retention(database, 30, clock=lambda: NOW).forget_old(OPEN) == 1
    with database.read() as session:
        assert session.scalars(select(Conversation.id)).all() == [kept]
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Message, ReviewItem, Person)]
        assert counts == [2, 1, 1]


def test_many_go_some_at_a_time_and_the_log_says_how_many(database: Database) -> None:
    with database.write() as session:
        for _ in range(53):
            said(session, 40)
    assert Retention(database, 30, clock=lambda: NOW).forget_old(OPEN) == 53
    with database.read() as session:
        told = session.execute(select(AuditEntry.actor, AuditEntry.act, AuditEntry.detail)).all()
        assert [detail.split()[0] for *_, detail in told] == ["50", "3"]
        assert {(actor, act) for actor, act, _ in told} == {("retention", "deleted")}


def test_without_a_limit_nothing_is_too_old(database: Database) -> None:
    with database.write() as session:
        said(session, 4000)
    keep_all = Retention(database, Section().days, clock=lambda: NOW)
    assert (keep_all.forget_old(OPEN), [chore.name for chore in keep_all.chores()]) == (0, ["forgotten words"])


def test_the_desk_does_it_by_the_setting(settings: Settings, database: Database) -> None:
    kept = settings.model_copy(update={"retention": Section(days=90)})
    assert "retention" in Desk(kept, database).chores.names


def test_words_are_purged_once_after_a_conversation_was_deleted(database: Database) -> None:
    chore = Retention(database, 0)
    with database.write() as session:
        conversations.forget(session, ANA, said(session, 0))
        assert item_words.deleted(session)
    chore.purge_words(OPEN)
    with database.read() as session:
        assert item_words.deleted(session) is None


def test_what_is_deleted_during_a_purge_is_purged_by_the_next(database: Database) -> None:
    with database.write() as session:
        item_words.note_deleted(session)
        item_words.forget_note(session, "an earlier one")
        assert item_words.deleted(session)


class Waits(threading.Event):
    """Never set; counts how often somebody lets others go first."""

    count = 0

    def wait(self, timeout: float | None = None) -> bool:
        self.count += timeout is not None and timeout > 0
        return False


def test_between_the_steps_of_a_purge_others_may_write(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as session:
        item_words.note_deleted(session)
    left = iter([True, True, False])
    monkeypatch.setattr(item_words, "purge", lambda _: next(left))
    Retention(database, 0).purge_words(waits := Waits())
    assert waits.count == 2
    with database.read() as session:
        assert item_words.deleted(session) is None
