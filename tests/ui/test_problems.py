"""Trouble is told in words for readers; what went wrong inside goes to the log."""

import pytest
from streamlit.testing.v1 import AppTest

from rag import problems as catalogue
from tests.ui.judge import shown as as_read
from ui import problems


def page(script: str) -> AppTest:
    head = "from ui import problems\nfrom rag.assistant import *\nfrom store.engine import Locked\n"
    return AppTest.from_string(head + script, default_timeout=20).run()


def told(page: AppTest) -> list[str]:
    """The errors on the page, as they are read."""
    return [as_read(str(error.value)) for error in page.error]


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("Unavailable('disk 7')", catalogue.sentence("database_unavailable")),
        ("Locked('disk 7')", catalogue.sentence("database_locked")),
        ("NotYours()", problems.NOT_YOURS),
        ("ShuttingDown()", catalogue.sentence("shutting_down")),
        ("QueueFull()", catalogue.sentence("queue_full")),
        ("TooManyQuestions(20)", catalogue.sentence("too_many_questions", retry_after_s=20)),
    ],
)
def test_expected_trouble_is_told_and_the_page_goes_on(trouble: str, words: str) -> None:
    shown = page(f"with problems.told():\n    raise {trouble}\nproblems.show()\n")

    assert (told(shown), list(shown.exception)) == ([words], [])


def test_a_question_that_is_not_in_the_box_is_not_said_to_be_there() -> None:
    shown = page("with problems.told(in_box=False):\n    raise TooManyQuestions(300)\nproblems.show()\n")

    assert told(shown) == ["You have asked many questions in a short time. Send it again in 5 minutes."]


def test_the_same_trouble_twice_is_told_once() -> None:
    shown = page("problems.tell('No.')\nproblems.tell('No.')\nproblems.show()\n")

    assert told(shown) == ["No."]


def test_a_bug_is_not_swallowed() -> None:
    shown = page("with problems.told():\n    raise KeyError('answer')\n")

    assert len(shown.exception) == 1


@pytest.mark.parametrize("bug", ["ValueError('key sk-123')", "Unavailable('postgresql://user:secret@host')"])
def test_a_page_that_broke_gives_nothing_away(bug: str) -> None:
    shown = page(f"problems.show_bug({bug})\n")
    [words] = told(shown)

    assert ("sk-123" in words, "secret" in words, "reload" in words) == (False, False, True)
