"""Rating and correcting: stored the moment it is said, shown again wherever the same person looks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

import store.feedback
from store.engine import Locked
from store.models import now
from store.records import FeedbackRecord
from tests.pages.conftest import LAMP, Tab
from tests.rag.applying import applied

NewTab = Callable[..., Tab]
CORRECTION = "The lamp is lit **thirty** minutes before sunset, every day."


@pytest.fixture
def answered(keeper: Tab) -> Tab:
    """A tab with an answer to rate."""
    return keeper.open().ask(LAMP)


def rate(tab: Tab, thumb: int | None) -> None:
    tab.app.feedback(key=f"rate-{tab.answer().id}").set_value(thumb).run()


def feedback(tab: Tab) -> FeedbackRecord:
    given = tab.answer().feedback
    assert given is not None
    return given


def correct(tab: Tab, text: str) -> None:
    tab.click(f"correct-{tab.answer().id}")
    [box] = tab.app.text_area
    box.set_value(text)
    tab.click(f"save-correction-{tab.answer().id}")


@pytest.mark.parametrize(("thumb", "rating"), [(1, 1), (0, -1)])
def test_a_thumb_is_stored_at_once(answered: Tab, thumb: int, rating: int) -> None:
    rate(answered, thumb)

    assert feedback(answered).rating == rating


def test_a_thumb_is_shown_in_another_tab_of_the_same_person(answered: Tab, tab: NewTab) -> None:
    rate(answered, 0)
    other = tab(answered.house).open(c=answered.app.query_params["c"])

    assert other.app.feedback(key=f"rate-{answered.answer().id}").value == 0


def test_a_thumb_can_be_turned(answered: Tab) -> None:
    rate(answered, 1)
    rate(answered, 0)

    assert feedback(answered).rating == -1


def test_a_thumb_can_be_taken_back(answered: Tab) -> None:
    rate(answered, 1)
    rate(answered, None)

    assert feedback(answered).rating == 0
    assert answered.app.feedback(key=f"rate-{answered.answer().id}").value is None


def test_reasons_are_asked_for_after_thumbs_down_alone(answered: Tab) -> None:
    rate(answered, 1)
    happy = [pills.key for pills in answered.app.pills]
    rate(answered, 0)

    assert (happy, [pills.key for pills in answered.app.pills]) == ([], [f"why-wrong-{answered.answer().id}"])


def test_reasons_are_stored_at_once(answered: Tab) -> None:
    rate(answered, 0)
    answered.app.pills[0].select("Incomplete").select("Out of date").run()

    assert set(feedback(answered).reasons) == {"Incomplete", "Out of date"}


def test_a_comment_is_stored_beside_the_reasons(answered: Tab) -> None:
    rate(answered, 0)
    answered.app.pills[0].select("Wrong").run()
    answered.app.text_input(key=f"comment-{answered.answer().id}").input("It changed in May.").run()

    assert (feedback(answered).reasons, feedback(answered).comment) == (("Wrong",), "It changed in May.")


def test_reasons_and_comment_are_shown_in_another_tab(answered: Tab, tab: NewTab) -> None:
    answered.house.assistant.feedback.rate("keeper", answered.answer().id, -1, reasons=["Wrong"], comment="It changed.")
    other = tab(answered.house).open(c=answered.app.query_params["c"])

    assert other.app.pills[0].value == ["Wrong"]
    assert other.app.text_input(key=f"comment-{answered.answer().id}").value == "It changed."


def test_the_correction_begins_with_the_answer(answered: Tab) -> None:
    answered.click(f"correct-{answered.answer().id}")

    assert [box.value for box in answered.app.text_area] == [answered.answer().text]


def test_a_correction_is_stored_beside_the_answer(answered: Tab) -> None:
    original = answered.answer().text
    correct(answered, CORRECTION)

    assert (feedback(answered).correction, answered.answer().text) == (CORRECTION, original)


def test_a_correction_is_shown_with_what_it_changes(answered: Tab) -> None:
    correct(answered, CORRECTION)

    assert r":green-background[**\*\***]thirty" in answered.words()
    assert applied(feedback(answered).diff, answered.answer().text) == CORRECTION
    assert list(answered.app.text_area) == []


def test_an_earlier_correction_without_its_changes_is_shown_as_it_was_written(answered: Tab) -> None:
    kept = FeedbackRecord(0, (), "", CORRECTION, now())
    with answered.house.database.write() as session:
        store.feedback.give(session, "keeper", answered.answer().id, kept)
    answered.app.run()

    assert CORRECTION in [text.value for text in answered.app.text]


def test_a_correction_that_is_cancelled_is_not_stored(answered: Tab) -> None:
    answered.click(f"correct-{answered.answer().id}")
    answered.app.text_area[0].set_value(CORRECTION)
    answered.click(f"cancel-correction-{answered.answer().id}")

    assert answered.answer().feedback is None
    assert list(answered.app.text_area) == []


def test_an_empty_correction_takes_it_back(answered: Tab) -> None:
    correct(answered, CORRECTION)
    correct(answered, "  ")

    assert feedback(answered).correction is None


def test_a_correction_survives_a_thumb(answered: Tab) -> None:
    correct(answered, CORRECTION)
    rate(answered, 0)

    assert (feedback(answered).rating, feedback(answered).correction) == (-1, CORRECTION)


def test_a_comment_survives_whatever_thumb(answered: Tab) -> None:
    rate(answered, 0)
    answered.app.text_input(key=f"comment-{answered.answer().id}").input("It changed in May.").run()
    rate(answered, 1)
    assert (feedback(answered).comment, feedback(answered).reasons) == ("It changed in May.", ())
    answered.app.text_input(key=f"comment-{answered.answer().id}").input(" ").run()

    assert feedback(answered).comment == ""
    assert [one.key for one in answered.app.text_input if "comment" in str(one.key)] == []


def test_a_reason_from_one_tab_and_a_comment_from_another_are_both_kept(answered: Tab, tab: NewTab) -> None:
    rate(answered, 0)
    other = tab(answered.house).open(c=answered.app.query_params["c"])
    answered.app.text_input(key=f"comment-{answered.answer().id}").input("It changed in May.").run()
    other.app.pills[0].select("Wrong").run()

    assert (feedback(answered).reasons, feedback(answered).comment) == (("Wrong",), "It changed in May.")
    assert other.app.text_input(key=f"comment-{answered.answer().id}").value == "It changed in May."
    assert answered.app.run().pills[0].value == ["Wrong"]


def test_an_older_answer_is_rated_while_a_newer_one_stands_below(answered: Tab) -> None:
    first = answered.answer().id
    answered.ask("How long does the fog horn sound?")
    answered.app.feedback(key=f"rate-{first}").set_value(1).run()
    given = [question.answers[0].feedback for question in answered.asked()]

    assert [one.rating if one else None for one in given] == [1, None]


def test_words_that_cannot_be_saved_stay_where_they_were_written(
    answered: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    rate(answered, 0)
    answer_id = answered.answer().id
    answered.click(f"correct-{answer_id}")
    with monkeypatch.context() as away:
        away.setattr(answered.house.database, "write", locked)
        answered.app.text_input(key=f"comment-{answer_id}").input("It changed in May.").run()
        answered.app.text_area[0].set_value(CORRECTION)
        answered.click(f"save-correction-{answer_id}")

    assert (feedback(answered).comment, feedback(answered).correction) == ("", None)
    assert answered.app.text_input(key=f"comment-{answer_id}").value == "It changed in May."
    assert answered.app.text_area[0].value == CORRECTION
    answered.click(f"save-correction-{answer_id}")
    assert feedback(answered).correction == CORRECTION


@contextmanager
def locked() -> Iterator[None]:
    raise Locked("database is locked")
    yield
