"""Chores: one thread, each at its pace, none in another's way."""

import logging
import threading

import pytest

from rag.chores import Chore, Chores
from rag.desk import Desk
from rag.settings import Settings
from store import answers, items
from store.engine import Database, Locked
from tests.store.asking import asked


def failing(error: Exception) -> Chore:
    def do(_: threading.Event) -> None:
        raise error

    return Chore("failing", 60, do)


@pytest.mark.parametrize("error", [Locked("in use"), ZeroDivisionError()])
def test_one_that_fails_keeps_no_other_from_being_done(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    chores = Chores([failing(error), Chore("well", 60, lambda _: done.append("well"))])
    with caplog.at_level(logging.WARNING):
        waits = chores.do_due()
    chores.do_due()
    assert done == ["well"]
    assert "failing" in caplog.text
    assert 50 < waits <= 60


def test_a_closed_one_ends_its_thread() -> None:
    begun = threading.Event()

    def wait(closing: threading.Event) -> None:
        begun.set()
        closing.wait(60)

    chores = Chores([Chore("long", 60, wait)])
    chores.start()
    assert begun.wait(5)
    chores.close()
    assert "chores" not in {thread.name for thread in threading.enumerate()}


def test_answers_without_an_item_are_caught_up_with(database: Database, settings: Settings) -> None:
    with database.write() as session:
        for _ in range(3):
            asked(session)
        answers.interrupt(session, ["process"])
    Desk(settings, database).chores.do_due()
    with database.read() as session:
        assert items.missing(session, 10) == []
