"""Review: what readers said about the answers."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from store.models import Message, Trace
from tests.pages.conftest import LAMP, Tab

NewTab = Callable[..., Tab]
HORN = "How long does the fog horn sound?"
OIL = "How much oil does the lamp burn?"


@pytest.fixture
def rated(keeper: Tab) -> Tab:
    """A tab over three rated answers: one up, one down, one corrected."""
    keeper.open().ask(LAMP).ask(HORN).ask(OIL)
    up, down, corrected = (question.answers[0].id for question in keeper.asked())
    assistant = keeper.house.assistant
    assistant.feedback.rate("keeper", up, 1)
    assistant.feedback.rate("keeper", down, -1, reasons=["Wrong"], comment="Ten seconds.")
    assistant.feedback.correct("keeper", corrected, "Five litres.")
    return keeper


def table(tab: Tab) -> list[str]:
    """The questions in the table."""
    return [question for frame in tab.app.dataframe for question in frame.value["question"]]


def test_an_empty_inbox_says_so(keeper: Tab) -> None:
    keeper.open("review")

    assert ("Nothing here yet" in keeper.words(), table(keeper)) == (True, [])


def test_an_answer_nobody_rated_is_not_there(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.app.switch_page("../pages/review/page.py").run()

    assert table(keeper) == []


def test_all_feedback_is_there_the_latest_first(rated: Tab) -> None:
    rated.app.switch_page("../pages/review/page.py").run()

    assert table(rated) == [OIL, HORN, LAMP]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("Thumbs up", [LAMP]), ("Thumbs down", [HORN]), ("Corrected", [OIL]), ("All", [OIL, HORN, LAMP])],
)
def test_feedback_is_filtered_by_its_kind(rated: Tab, chosen: str, expected: list[str]) -> None:
    rated.app.switch_page("../pages/review/page.py").run()
    rated.app.segmented_control(key="review-filter").set_value(chosen).run()

    assert table(rated) == expected


def test_a_row_holds_what_was_said(rated: Tab) -> None:
    rated.app.switch_page("../pages/review/page.py").run()
    [row] = [row for _, row in rated.app.dataframe[0].value.iterrows() if row["question"] == HORN]

    assert (row["reasons"], row["comment"], row["writer"]) == ("Wrong", "Ten seconds.", "extractive")


def test_a_correction_stands_beside_the_answer(rated: Tab) -> None:
    rated.app.switch_page("../pages/review/page.py").run()

    assert "Five litres." in [text.value for text in rated.app.text]
    assert "four litres" in rated.words()


def test_feedback_of_everybody_is_there(rated: Tab, tab: NewTab) -> None:
    """Until people sign in, review is for everybody; who asked is not shown."""
    other = tab(rated.house, "stranger").open("review")

    assert table(other) == [OIL, HORN, LAMP]
    assert "keeper" not in other.app.dataframe[0].value.to_string()


def test_an_answer_becomes_an_example_and_is_taken_out_again(rated: Tab) -> None:
    rated.app.switch_page("../pages/review/page.py").run()
    up = rated.asked()[0].answers[0].id

    for wanted in (True, False):
        rated.app.toggle(key=f"example-{up}").set_value(wanted).run()
        assert (rated.house.assistant.examples.among([up]) == {up}) is wanted


def test_a_correction_without_footnotes_is_no_example_and_the_reviewer_is_told_why(rated: Tab) -> None:
    rated.app.switch_page("../pages/review/page.py").run()
    corrected = rated.asked()[2].answers[0].id

    rated.app.toggle(key=f"example-{corrected}").set_value(True).run()

    assert "footnote numbers" in rated.words()
    assert not rated.house.assistant.examples.among([corrected])


@pytest.fixture
def supported(rated: Tab) -> Tab:
    """The same answers, the first with an unsupported sentence, the second with a weak one, the third with none."""
    verdicts = {LAMP: ("unsupported", "“42” stands in none."), HORN: ("weak", "Only in part."), OIL: ("supported", "")}
    with rated.house.database.write() as session:
        for question in rated.asked():
            verdict, why = verdicts[question.text]
            answer_id = question.answers[0].id
            row = session.scalars(select(Trace).where(Trace.message_id == answer_id)).one()
            row.support = [{"start": 0, "end": 8, "verdict": verdict, "why": why}]
            message = session.get_one(Message, answer_id)
            message.sentences, message.supported = 1, int(verdict == "supported")
    return rated


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("Has unsupported", [LAMP]), ("Has weak", [HORN]), ("Fully supported", [OIL]), ("All", [OIL, HORN, LAMP])],
)
def test_answers_are_filtered_by_what_their_sentences_rest_on(supported: Tab, chosen: str, expected: list[str]) -> None:
    supported.app.switch_page("../pages/review/page.py").run()
    supported.app.segmented_control(key="review-support").set_value(chosen).run()

    assert table(supported) == expected


def test_marks_and_reasons_stand_with_the_answer(supported: Tab) -> None:
    supported.app.switch_page("../pages/review/page.py").run()

    assert ":orange-badge[? a]" in supported.words()
    assert "stands in none" in supported.words()
