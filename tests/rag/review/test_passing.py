"""Verified answers pass the guards that stand at answers now, with SQL as the witness."""

import threading
from collections.abc import Callable

import pytest

from rag.assistant import Unfit
from rag.house import House
from rag.settings import Guards
from tests.conftest import BuildHouse, LibraryOf
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY, answer_of, events_of, of_kind
from tests.rag.review.conftest import REVIEWER, reading
from tests.rag.test_assistant import answered, kept
from tests.rag.test_guarding import HERE

EUROS = f"{HERE}:Euros"  # sure of 0.6 that nobody should speak of euros
STATE = "SELECT state, expired_why FROM verified_answers"
Vouched = Callable[[str], House]


@pytest.fixture
def vouched(build_house: BuildHouse, library_of: LibraryOf) -> Vouched:
    """A house with a verified answer that the guard does not mind yet, and then does."""

    def build(action: str) -> House:
        house = build_house(guards=Guards(answer={EUROS: f"{action} 0.7"}))  # type: ignore[dict-item]
        library_of(house, LIBRARY)
        house.desk.verified.make(answered(house).answer_id, HOTEL, by=REVIEWER)
        assert answer_of(events_of(house, HOTEL)).writer == "verified"
        house.pipeline.guarding.set_threshold("answer", EUROS, 0.5)
        return house

    return build


@pytest.mark.parametrize("action", ["refuse", "ask_again"])
def test_what_a_guard_stops_now_expires_with_its_reason(vouched: Vouched, action: str) -> None:
    house = vouched(action)
    assert answer_of(events_of(house, HOTEL)).writer != "verified"
    assert reading(house)(STATE) == [("expired", f"The guard “{EUROS}” would not have it shown: It speaks of money.")]
    assert house.desk.verified.find(HOTEL) is None


def test_what_nobody_asks_for_is_looked_at_too(vouched: Vouched) -> None:
    house = vouched("refuse")
    house.desk.verified.expire_moved(threading.Event())
    assert [one.state for one in house.desk.verified.listing()] == ["expired"]


def test_it_is_neither_made_nor_renewed_while_a_guard_stops_it(vouched: Vouched) -> None:
    house = vouched("refuse")
    house.desk.verified.expire_moved(threading.Event())
    (one,) = house.desk.verified.listing()
    with pytest.raises(Unfit, match="speaks of money"):
        house.desk.verified.renew(one.message_id, by=REVIEWER)
    with pytest.raises(Unfit, match="speaks of money"):
        house.desk.verified.make(one.message_id, "What does a night cost?", by=REVIEWER)
    house.pipeline.guarding.set_threshold("answer", EUROS, 0.7)
    house.desk.verified.renew(one.message_id, by=REVIEWER)
    assert answer_of(events_of(house, HOTEL)).writer == "verified"


def test_what_a_guard_hides_now_is_hidden_in_it(vouched: Vouched) -> None:
    answer = answer_of(events_of(vouched("mask"), HOTEL))
    text = HOTEL_SENTENCE.replace("euro", "⟨money hidden⟩")
    assert (answer.writer, answer.text, answer.support) == ("verified", f"{text} [1]", None)


def test_what_a_guard_tells_of_now_is_told_and_kept_with_the_answer(vouched: Vouched) -> None:
    house = vouched("flag")
    asked = answered(house)
    assert (kept(house, asked).text, kept(house, asked).writer) == (f"{HOTEL_SENTENCE} [1]", "verified")
    found = "SELECT stand, what, action FROM guard_findings WHERE message_id = ?"
    assert reading(house)(found, asked.answer_id) == [("answer", "money", "flag")]


def test_a_guard_that_fails_only_keeps_it_from_being_served_where_it_has_to_be_there(
    build_house: BuildHouse, library_of: LibraryOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = build_house(guards=Guards(answer={EUROS: "refuse 0.7"}, closed=[EUROS]))  # type: ignore[dict-item]
    library_of(house, LIBRARY)
    house.desk.verified.make(answered(house).answer_id, HOTEL, by=REVIEWER)
    house.pipeline.guarding.set_threshold("answer", EUROS, 0.65)  # so that it is looked at anew
    with monkeypatch.context() as broken:
        broken.delattr(f"{HERE}.Euros.find")
        assert house.desk.verified.find(HOTEL) is None
    assert house.desk.verified.find(HOTEL) is not None


def test_what_guards_made_of_it_is_kept_until_something_changes(
    vouched: Vouched, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = vouched("flag")
    looked: list[str] = []
    first = of_kind(events_of(house, HOTEL), "guarded")
    monkeypatch.setattr(f"{HERE}.Euros.find", lambda _, text, __: looked.append(text) or ())
    second = of_kind(events_of(house, HOTEL), "guarded")
    assert (looked, first) == ([], second)
