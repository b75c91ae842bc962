"""Answers without an item get theirs, and what was looked at is not looked at again."""

import threading

import pytest

from rag.review.catching_up import CatchingUp
from store import answers, items
from store.engine import Database
from tests.store.asking import asked, finished, trace

OPEN = threading.Event()


def missing(database: Database) -> list[int]:
    with database.read() as session:
        return items.missing(session, 10)


def test_one_that_is_cut_off_after_later_ones_ended_is_not_passed_over(database: Database) -> None:
    catching_up = CatchingUp(database)
    with database.write() as session:
        *_, long = asked(session)
        *_, short = asked(session)
        answers.finish(session, short, finished(), trace())
    catching_up.catch_up(OPEN)
    with database.write() as session:
        answers.interrupt(session, ["process"])
    assert missing(database) == [long]
    catching_up.catch_up(OPEN)
    assert missing(database) == []


def test_what_was_looked_at_is_not_looked_at_again(database: Database) -> None:
    with database.write() as session:
        for _ in range(3):
            *_, last = asked(session)
        answers.interrupt(session, ["process"])
    catching_up = CatchingUp(database)
    catching_up.catch_up(OPEN)
    assert catching_up._whole_before == last + 1


def test_one_that_gets_no_item_is_in_nobodys_way(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as session:
        first, _ = (asked(session)[2] for _ in range(2))
        answers.interrupt(session, ["process"])
    refresh = items.refresh
    monkeypatch.setattr(items, "refresh", lambda session, ids: refresh(session, set(ids) - {first}))
    CatchingUp(database).catch_up(OPEN)
    assert missing(database) == [first]
