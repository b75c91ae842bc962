"""A search by those who do not see personal data tells nothing about it: not in lists, numbers, acts or files."""

import threading
from collections.abc import Callable

import pytest

from rag.exports.exports import FeedbackWanted
from rag.exports.training import TrainingWanted
from rag.house import House
from rag.settings import Review
from store import answers, feedback, items_due
from store.models import now
from store.records import FeedbackRecord
from store.records.inbox import ItemAct, ItemFilter
from tests.rag.review.test_inbox import BEA, CID, SECRET, reviewed
from tests.store.asking import ANA, asked, finished, trace

HIDDEN = ("Kovač", "kov", "ana.kovac@example.com", "example", "Ana eats", "lunch ana")
SEEN = ("lunch", "noon", "mail", "Nobody els")


def many(house: House, person: str, words: str) -> list[int]:
    """How many are told where numbers are told."""
    fitting, desk = ItemFilter(words=words), house.desk
    told = [desk.inbox.browse(person, fitting, limit=9).total, desk.inbox.count(person, fitting)]
    told += [len(desk.inbox.ids(person, fitting, "worth", limit=9))]
    told += [desk.exports.count(FeedbackWanted("csv", fitting), person)]
    told += [len(desk.exports.preview(FeedbackWanted("csv", fitting), person))]
    told += [b"".join(desk.exports.download(FeedbackWanted("jsonl", fitting), person).pieces).count(b"\n")]
    return [*told, desk.inbox.acts.many(person, fitting, ItemAct("tag", words[:9])).changed]


@pytest.mark.parametrize("words", HIDDEN)
def test_a_hidden_word_is_found_nowhere(house: House, words: str) -> None:
    reviewed(house)
    assert many(house, BEA, words) == [0] * 7


@pytest.mark.parametrize("words", SEEN)
def test_other_words_are_found_at_once(house: House, words: str) -> None:
    reviewed(house)
    assert many(house, BEA, words) == [1] * 7


def test_those_who_may_see_it_find_it(build_house: Callable[..., House]) -> None:
    house = build_house(review=Review(unmasked=[BEA[:8]]))
    reviewed(house)
    assert [many(house, BEA, words) for words in HIDDEN] == [[1] * 7] * len(HIDDEN)
    assert many(house, CID, "Kovač") == [0] * 7


def test_training_data_is_counted_without_hidden_words(house: House) -> None:
    _, answer_id = reviewed(house)
    with house.database.write() as session:
        feedback.give(session, ANA, answer_id, FeedbackRecord(1, (), "", None, now()))
    house.desk.inbox.masked_words.keep_up(threading.Event())
    counts = [
        house.desk.exports.count(TrainingWanted("chat", "rating", ItemFilter(words=words)), BEA)
        for words in ("Kovač", "lunch")
    ]
    assert counts == [0, 1]


def test_a_name_that_is_told_later_in_the_talk_is_found_no_more(house: House) -> None:
    conversation_id, first = reviewed(house, "What does Zora eat?")
    assert many(house, BEA, "Zora")[0] == 1
    with house.database.write() as session:
        question_id = answers.ask(session, conversation_id, "My name is Zora Novak. What else?")
        second = answers.begin(session, conversation_id, question_id, "process")
        answers.finish(session, second, finished("Nothing else."), trace(id="t9"))
    assert [many(house, BEA, words)[0] for words in ("Zora", "Novak", "noon", "else")] == [0, 0, 1, 2]
    assert first


def test_what_changes_while_it_is_masked_waits_again(house: House) -> None:
    *_, answer_id = reviewed(house)
    with house.database.write() as session:
        seen = items_due.some(session, "mask", 9)
        feedback.give(session, ANA, answer_id, FeedbackRecord(-1, (), "My phone is 0171 2345678.", None, now()))
        assert items_due.settle(session, "mask", seen) == set()
    assert many(house, BEA, "2345678")[0] == 0
    assert (many(house, BEA, "phone")[0], house.desk.inbox.masked_words.waiting()) == (1, 0)


def test_an_action_that_changes_no_words_waits_for_nothing(house: House) -> None:
    _, answer_id = reviewed(house)
    house.desk.inbox.masked_words.keep_up(threading.Event())
    with house.database.write() as session:
        feedback.give(session, ANA, answer_id, FeedbackRecord(-1, (), "", None, now()))
    assert house.desk.inbox.masked_words.waiting() == 0


def test_an_older_store_is_masked_behind_the_pages(house: House) -> None:
    """More than one search would wait for."""
    with house.database.write() as session:
        for number in range(25):
            *_, answer_id = asked(session, f"{SECRET} Question {number}")
            answers.finish(session, answer_id, finished("Yes."), trace(id=f"t{number}"))
    house.desk.inbox.masked_words.keep_up(threading.Event())
    assert [house.desk.inbox.count(BEA, ItemFilter(words=words)) for words in ("lunch", "Kovač")] == [25, 0]
