"""What people do with items, and the history of it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from store import answers, conversations, item_events
from store.engine import Database
from store.records.inbox import ItemAct
from tests.store.asking import ANA, asked, finished, trace

BEA = "bea"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


def reviewed(session: Session, number: int = 0) -> int:
    *_, answer_id = asked(session)
    answers.finish(session, answer_id, finished(), trace(id=f"t{number}"))
    return answer_id


def told(session: Session, answer_id: int) -> list[tuple[str | None, str, str]]:
    return [(one.actor, one.kind, one.detail) for one in item_events.history(session, answer_id)]


def test_each_change_is_an_event_and_the_last_one_stands(session: Session) -> None:
    answer_id = reviewed(session)
    item_events.put(session, [answer_id], "status", "fixed", ANA)
    item_events.put(session, [answer_id], "status", "wont_fix", BEA)
    item_events.put(session, [answer_id], "assignee", BEA, ANA)
    assert item_events.standing(session, answer_id) == ("wont_fix", BEA)
    assert told(session, answer_id) == [
        (ANA, "status", "new>fixed"),
        (BEA, "status", "fixed>wont_fix"),
        (ANA, "assignee", f">{BEA}"),
    ]


def test_what_is_so_already_makes_no_event(session: Session) -> None:
    answer_id = reviewed(session)
    assert item_events.put(session, [answer_id, 999], "status", "new", ANA) == {}
    assert item_events.tag(session, [answer_id, 999], "food", ANA, on=False) == []
    assert told(session, answer_id) == []


def test_many_are_changed_and_brought_back_to_what_each_was(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_events, "BATCH", 2)
    ids = [reviewed(session, number) for number in range(5)]
    item_events.put(session, ids[:2], "status", "fixed", ANA)
    undo = item_events.do(session, ids, ItemAct("status", "wont_fix"), BEA)
    assert {item_events.standing(session, one) for one in ids} == {("wont_fix", None)}
    for act, items in undo:
        item_events.do(session, items, act, BEA)
    assert [(item_events.standing(session, one) or ("",))[0] for one in ids] == ["fixed"] * 2 + ["new"] * 3
    assert len(told(session, ids[0])) == 3


def test_tags_are_put_on_and_taken_off_once(session: Session) -> None:
    first, second = reviewed(session, 1), reviewed(session, 2)
    item_events.tag(session, [first], "food", ANA, on=True)
    undo = item_events.do(session, [first, second], ItemAct("tag", "food"), ANA)
    assert undo == ((ItemAct("untag", "food"), (second,)),)
    assert item_events.tags(session, first) == item_events.tags(session, second) == ["food"]
    item_events.do(session, [first, second], ItemAct("untag", "food"), ANA)
    assert item_events.tags(session, first) == []


def test_notes_are_kept_in_order_and_go_with_the_conversation(session: Session) -> None:
    conversation_id, _, answer_id = asked(session)
    answers.finish(session, answer_id, finished(), trace())
    assert item_events.note(session, answer_id, "Look at this.", BEA)
    seen = item_events.history(session, answer_id)[-1].id
    item_events.note(session, answer_id, "I did.", ANA)
    assert [one.detail for one in item_events.history(session, answer_id, after=seen)] == ["I did."]
    conversations.forget(session, ANA, conversation_id)
    assert (item_events.note(session, answer_id, "Too late.", BEA), told(session, answer_id)) == (False, [])
