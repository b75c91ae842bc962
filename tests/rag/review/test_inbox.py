"""The inbox as reviewers use it: two of them at once, bulk acts, saved filters, what is hidden and what is noted."""

from collections.abc import Callable

import pytest

from rag.house import House
from rag.review.acts import BadWords
from rag.review.inbox import window
from rag.settings import Review
from store import answers, conversations
from store.models import Person
from store.records import SupportRecord
from store.records.auditing import AuditFilter
from store.records.inbox import ItemAct, ItemFilter
from tests.store.asking import ANA, asked, finished, trace

BEA, CID = "bea0123456", "cid0123456"
SECRET = "My name is Ana Kovač, mail ana.kovac@example.com. When is lunch?"
ANSWER = "Ana Kovač eats at noon. Nobody else does."
EVERYTHING = ItemFilter()


def reviewed(house: House, question: str = SECRET, number: int = 0) -> tuple[str, int]:
    """Conversation and answer, whose second sentence is unsupported."""
    second = ANSWER.index("Nobody")
    support = (SupportRecord(0, second - 1, "supported", ""), SupportRecord(second, len(ANSWER), "unsupported", "why"))
    with house.database.write() as session:
        conversation_id, _, answer_id = asked(session, question)
        ended = finished(ANSWER, sentences=2, supported=1)
        answers.finish(session, answer_id, ended, trace(id=f"t{number}", support=support))
    return conversation_id, answer_id


def test_of_two_reviewers_the_last_one_stands_and_is_told_of_the_other(house: House) -> None:
    acts, (_, answer_id) = house.desk.inbox.acts, reviewed(house)
    house.desk.people.rename(BEA, "Bea")
    seen = 0
    assert acts.one(BEA, answer_id, ItemAct("status", "fixed"), seen=seen).told == ""
    told = acts.one(CID, answer_id, ItemAct("status", "wont_fix"), seen=seen).told
    item = house.desk.inbox.item(CID, answer_id)
    assert told.startswith("Bea had set this to Fixed meanwhile.")
    assert item is not None
    assert [(one.actor, one.detail) for one in item.events] == [(BEA, "new>fixed"), (CID, "fixed>wont_fix")]
    assert acts.one(CID, answer_id, ItemAct("status", "new"), seen=item.latest).told == ""


def test_who_has_taken_an_item_is_told_to_whoever_sets_its_status(house: House) -> None:
    acts, (_, answer_id) = house.desk.inbox.acts, reviewed(house)
    house.desk.people.rename(BEA, "Bea")
    seen = acts.one(BEA, answer_id, ItemAct("assignee", BEA))
    assert seen.changed == 1
    latest = house.desk.inbox.item(CID, answer_id)
    assert latest is not None
    assert acts.one(CID, answer_id, ItemAct("status", "fixed"), seen=latest.latest).told.startswith("Bea has taken")


def test_a_deleted_conversation_is_told_and_nothing_raises(house: House) -> None:
    inbox, (conversation_id, answer_id) = house.desk.inbox, reviewed(house)
    with house.database.write() as session:
        conversations.forget(session, ANA, conversation_id)
    assert inbox.item(BEA, answer_id) is None
    assert inbox.acts.one(BEA, answer_id, ItemAct("status", "fixed")).gone
    assert inbox.acts.many(BEA, [answer_id], ItemAct("tag", "food")).changed == 0
    assert not inbox.acts.note(BEA, answer_id, "Too late.")


def test_all_that_fit_are_changed_at_once_and_brought_back(house: House) -> None:
    inbox = house.desk.inbox
    ids = [reviewed(house, f"Question {number}?", number)[1] for number in range(3)]
    inbox.acts.one(BEA, ids[0], ItemAct("status", "fixed"))
    done = inbox.acts.many(BEA, EVERYTHING, ItemAct("status", "wont_fix"))
    assert (done.changed, inbox.count(BEA, ItemFilter(status="wont_fix"))) == (3, 3)
    assert inbox.acts.undo(BEA, done) == 3
    assert [inbox.count(BEA, ItemFilter(status=one)) for one in ("fixed", "new", "wont_fix")] == [1, 2, 0]
    item = inbox.item(BEA, ids[0])
    assert item is not None
    assert [one.detail for one in item.events] == ["new>fixed", "fixed>wont_fix", "wont_fix>fixed"]
    [entry] = house.desk.audit.page(AuditFilter(act="changed"), limit=9)
    assert (entry.actor, entry.detail) == (BEA, "status of 3 items")


@pytest.mark.parametrize("words", ["", "   ", "x" * 5000])
def test_notes_without_words_or_with_too_many_are_not_kept(house: House, words: str) -> None:
    _, answer_id = reviewed(house)
    with pytest.raises(BadWords):
        house.desk.inbox.acts.note(BEA, answer_id, words)


def test_an_undo_leaves_what_somebody_decided_since(house: House) -> None:
    acts, (_, first), (_, second) = house.desk.inbox.acts, reviewed(house), reviewed(house, number=1)
    done = acts.many(BEA, [first, second], ItemAct("status", "fixed"))
    acts.one(CID, second, ItemAct("status", "wont_fix"))
    assert acts.undo(BEA, done) == 1
    rows = {one.id: one.status for one in house.desk.inbox.browse(BEA, EVERYTHING, limit=9).rows}
    assert rows == {first: "new", second: "wont_fix"}


def test_nobody_is_given_to_who_is_gone(house: House) -> None:
    _, answer_id = reviewed(house)
    house.desk.people.rename(CID, "Cid")
    house.desk.inbox.acts.one(BEA, answer_id, ItemAct("assignee", CID))
    done = house.desk.inbox.acts.one(BEA, answer_id, ItemAct("assignee", BEA))
    with house.database.write() as session:
        session.delete(session.get_one(Person, CID))
    house.desk.inbox.acts.undo(BEA, done)
    [row] = house.desk.inbox.browse(BEA, EVERYTHING, limit=9).rows
    assert row.assignee is None


def test_personal_data_is_hidden_and_marks_stay_behind_their_sentences(house: House) -> None:
    _, answer_id = reviewed(house)
    [row] = house.desk.inbox.browse(BEA, EVERYTHING, limit=9).rows
    item = house.desk.inbox.item(BEA, answer_id)
    assert item is not None
    assert (row.question, row.answer) == (
        "My name is [name], mail [e-mail]. When is lunch?",
        "[name] eats at noon. Nobody else does.",
    )
    [first, second] = item.answer.support
    assert item.answer.text[first.start : first.end] == "[name] eats at noon."
    assert (item.answer.text[second.start : second.end], second.verdict) == ("Nobody else does.", "unsupported")
    assert "Ana" not in repr(item)


def test_a_note_that_names_the_reader_is_hidden_too(house: House) -> None:
    _, answer_id = reviewed(house)
    house.desk.inbox.acts.note(CID, answer_id, "Ask Ana Kovač.")
    item = house.desk.inbox.item(BEA, answer_id)
    assert item is not None
    assert item.events[-1].detail == "Ask [name]."


def test_those_who_may_see_it_see_it(build_house: Callable[..., House]) -> None:
    house = build_house(review=Review(unmasked=[BEA[:8]]))
    _, answer_id = reviewed(house)
    seen = {person: house.desk.inbox.item(person, answer_id) for person in (BEA, CID)}
    assert [one is not None and "Kovač" in one.question.text for one in seen.values()] == [True, False]


def test_every_look_is_noted_once_in_a_while_without_words(house: House) -> None:
    audit, (conversation_id, answer_id) = house.desk.audit, reviewed(house)
    for _ in range(3):
        house.desk.inbox.item(BEA, answer_id)
        house.desk.inbox.browse(BEA, EVERYTHING, limit=9)
    house.desk.inbox.item(CID, answer_id)
    noted = [(one.actor, one.act, one.message_id, one.detail) for one in audit.page(AuditFilter(), limit=9)]
    assert noted == [
        (CID, "looked", answer_id, ""),
        (BEA, "listed", None, "items 1 to 1"),
        (BEA, "looked", answer_id, ""),
    ]
    with house.database.write() as session:
        conversations.forget(session, ANA, conversation_id)
    assert audit.count(AuditFilter(actor=BEA)) == 2


def test_another_list_is_another_look(house: House) -> None:
    reviewed(house)
    for fitting in (EVERYTHING, ItemFilter(rating=0), ItemFilter(words="lunch"), ItemFilter(rating=0)):
        house.desk.inbox.browse(BEA, fitting, limit=9)
    noted = [one.detail for one in house.desk.audit.page(AuditFilter(), limit=9)]
    assert noted == ["items 1 to 1, words", "items 1 to 1, rating 0", "items 1 to 1"]


def test_the_next_item_is_the_next_one_of_the_list() -> None:
    assert [window([3, 1, 2], one) for one in (3, 1, 2, 9)] == [(None, 1), (3, 2), (1, None), (None, None)]
