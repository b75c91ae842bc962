"""Reviewing guards: appeals and samples, decided by a click that stands in SQL at once."""

from collections.abc import Callable

import pytest

from pages.review.question import GONE, said
from rag.house import House
from store import conversations, reviews
from store.engine import Database
from store.records import ReviewRecord, ReviewVerdict
from store.records.auditing import AuditFilter
from tests.pages.conftest import Tab
from tests.pages.test_chat import locked
from tests.store.asking import ANA, found, guarded

NewTab = Callable[..., Tab]


@pytest.fixture
def asked(house: House) -> list[int]:
    """Twelve appeals and a sample, the newest last."""
    with house.database.write() as session:
        ids = [guarded(session, found(sure=0.9), question=f"Question {n}?", moon=0.9, sun=0.2) for n in range(12)]
        ids.append(guarded(session, state="answered", question="Let pass?", moon=0.3))
        assert {reviews.appeal(session, one) for one in ids[:12]} == {True}
        assert reviews.sample(session, ids[12])
    return ids


@pytest.fixture
def reviewer(house: House, asked: list[int], tab: NewTab) -> Tab:
    return on_guards(tab(house).open("review"))


def on_guards(tab: Tab) -> Tab:
    tab.app.segmented_control(key="review-view").set_value("Guards").run()
    return tab


def verdict(tab: Tab, answer_id: int) -> ReviewVerdict | None:
    return tab.house.assistant.reviews.of_answers([answer_id])[0].verdict


def shown(tab: Tab) -> list[int]:
    """The answers whose question stands on the page, open or decided."""
    keys = [key.split("-") for key in tab.buttons()]
    return [int(number) for kind, number, *_ in keys if kind in ("harmless", "undo")]


def test_an_empty_list_says_so(house: House, tab: NewTab) -> None:
    assert "Nothing to decide" in on_guards(tab(house).open("review")).words()


def test_what_is_open_is_there_a_page_at_a_time_the_newest_first(reviewer: Tab, asked: list[int]) -> None:
    words = reviewer.words()
    assert "13 questions" in words
    assert "**moon at the question\\, 0\\.90 sure\\, refuse**\\: It speaks" in words.replace("**: ", "**\\: ")
    assert shown(reviewer) == asked[:2:-1]
    reviewer.app.session_state["guards-page"] = 2
    assert shown(reviewer) == asked[:2:-1]
    reviewer.app.run()
    assert shown(reviewer) == asked[2::-1]


@pytest.mark.parametrize(("key", "expected"), [("harmless", "fine"), ("attack", "attack")])
def test_a_click_is_a_verdict_and_can_be_taken_back_in_its_place(
    reviewer: Tab, asked: list[int], key: str, expected: str
) -> None:
    before = shown(reviewer)
    reviewer.click(f"{key}-{asked[11]}")
    assert (verdict(reviewer, asked[11]), shown(reviewer)) == (expected, before)
    reviewer.click(f"undo-{asked[11]}")
    assert (verdict(reviewer, asked[11]), shown(reviewer)) == (None, before)


def test_what_was_decided_makes_room_for_the_next(reviewer: Tab, asked: list[int]) -> None:
    reviewer.click(f"harmless-{asked[12]}").click("guards-next")
    assert shown(reviewer) == asked[1:12][:0:-1]


@pytest.mark.parametrize(("chosen", "count"), [("Appeals", 10), ("Samples", 1), ("Decided", 1)])
def test_the_list_is_filtered(reviewer: Tab, asked: list[int], chosen: str, count: int) -> None:
    reviewer.click(f"attack-{asked[11]}")
    reviewer.app.segmented_control(key="guards-filter").set_value(chosen).run()
    assert len(shown(reviewer)) == count


def test_of_two_reviewers_the_last_one_stands(reviewer: Tab, asked: list[int], tab: NewTab) -> None:
    other = on_guards(tab(reviewer.house, "other").open("review"))
    reviewer.click(f"harmless-{asked[12]}")
    other.click(f"attack-{asked[12]}")
    assert verdict(reviewer, asked[12]) == "attack"
    reviewer.app.run()
    assert "an attack" in reviewer.words()


def test_while_the_database_is_locked_no_verdict_is_shown(
    reviewer: Tab, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", locked)
        reviewer.click(f"harmless-{asked[12]}")
    assert (verdict(reviewer, asked[12]), len(reviewer.app.error)) == (None, 1)
    assert reviewer.has(f"harmless-{asked[12]}")


def test_a_question_deleted_meanwhile_is_told(reviewer: Tab, asked: list[int]) -> None:
    with reviewer.house.database.write() as session:
        for conversation in conversations.history(session, ANA):
            conversations.forget(session, ANA, conversation.id)
    reviewer.click(f"harmless-{asked[12]}")
    assert (GONE.partition(",")[0] in reviewer.words(), shown(reviewer)) == (True, [])


def test_of_many_findings_the_first_are_told(house: House) -> None:
    with house.database.write() as session:
        answer_id = guarded(session, *(found(sure=n / 100) for n in range(20)))
        reviews.appeal(session, answer_id)
    [review] = house.assistant.reviews.of_answers([answer_id])
    assert (len(said(review)), said(review)[-1]) == (6, "and 15 more")


def test_personal_data_is_hidden_and_looks_are_noted(house: House, tab: NewTab) -> None:
    with house.database.write() as session:
        answer_id = guarded(session, found(), question="I am Ana Kovač, ana.kovac@example.com. May I?")
        reviews.appeal(session, answer_id)
    one = on_guards(tab(house).open("review"))
    assert ("I am \\[name\\]" in one.words(), "Kovač" in one.words()) == (True, False)
    assert house.desk.audit.count(AuditFilter(actor="keeper", act="looked", message_id=answer_id)) == 1


def test_guards_that_were_not_sure_are_told_last(house: House, asked: list[int]) -> None:
    [review] = house.assistant.reviews.of_answers(asked[:1])
    assert isinstance(review, ReviewRecord)
    assert said(review)[1:] == ["let pass: sun 0.20"]
