"""Sources are compared after their answer has ended; nobody who asks for the flag misses it."""

import threading

import pytest

from rag.conflicts import looking
from rag.house import House
from store.engine import Unavailable
from store.records import ConflictRecord
from tests.conftest import LibraryOf
from tests.rag.conflicts.test_finding import HANDBOOK, LEAVE
from tests.rag.review.conftest import reading
from tests.rag.test_assistant import ANA, answered, kept

QUESTION = "How many days of annual leave do staff get?"
COUNTED = "SELECT count(*) FROM source_conflicts"
Found = tuple[ConflictRecord, ...]


@pytest.fixture
def divided(house: House, library_of: LibraryOf) -> House:
    library_of(house, {"leave.md": LEAVE, "handbook.md": HANDBOOK})
    return house


def test_the_end_waits_for_nothing_and_who_asks_gets_the_flag(divided: House, monkeypatch: pytest.MonkeyPatch) -> None:
    go, look = threading.Event(), looking.look
    monkeypatch.setattr(looking, "look", lambda *given: look(*given) if go.wait(10) else ())
    asked = answered(divided, QUESTION)
    assert (kept(divided, asked).state, kept(divided, asked).conflicts) == ("answered", ())
    go.set()
    (found,) = divided.assistant.compared(asked.answer_id)
    assert kept(divided, asked).conflicts == (found,)
    facets = "SELECT count(*) FROM item_facets WHERE message_id = ? AND kind = 'conflict'"
    assert reading(divided)(facets, asked.answer_id) == [(1,)]


def test_without_a_database_the_flag_is_told_and_stored_with_the_next(
    divided: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr("store.answers.compared", away)
        first = answered(divided, QUESTION)
        assert len(divided.assistant.compared(first.answer_id)) == 1
        assert reading(divided)(COUNTED) == [(0,)]
    second = answered(divided, QUESTION)
    assert len(divided.assistant.compared(second.answer_id)) == 1
    assert reading(divided)(COUNTED) == [(2,)]


def test_an_answer_deleted_meanwhile_stays_deleted(divided: House, monkeypatch: pytest.MonkeyPatch) -> None:
    go, look = threading.Event(), looking.look
    monkeypatch.setattr(looking, "look", lambda *given: look(*given) if go.wait(10) else ())
    asked = answered(divided, QUESTION)
    divided.assistant.forget(ANA, asked.conversation_id)
    go.set()
    divided.assistant.compared(asked.answer_id)
    assert reading(divided)(COUNTED) == [(0,)]
