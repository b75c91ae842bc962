"""The panel beside an answer, and the lists of what was made: clicks are in SQL, and the page shows what SQL says."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from rag.assistant import Asked
from rag.house import House
from rag.review.cases import CaseDraft
from tests.conftest import LibraryOf
from tests.pages.conftest import PATIENCE_S
from tests.rag.answering import HOTEL, HOTEL_SENTENCE, LIBRARY
from tests.rag.review.conftest import REVIEWER, Sql, reading
from tests.rag.test_assistant import ANA, answered


def panel(answer_id: int) -> None:
    from pages.review import outcomes
    from ui import problems
    from ui.resources import house

    problems.show()
    outcomes.show(house(), "rosa", answer_id)


def lists() -> None:
    from pages.review import outcomes_list
    from ui import problems
    from ui.resources import house

    problems.show()
    outcomes_list.show(house(), "rosa")


@pytest.fixture
def stocked(house: House, library_of: LibraryOf, at_home: Callable[[House], None]) -> House:
    library_of(house, LIBRARY)
    at_home(house)
    return house


@pytest.fixture
def hotel(stocked: House) -> Asked:
    return answered(stocked)


@pytest.fixture
def sql(stocked: House) -> Sql:
    return reading(stocked)


def opened(answer_id: int) -> AppTest:
    """The panel with all its parts unfolded."""
    app = AppTest.from_function(panel, default_timeout=PATIENCE_S, args=(answer_id,))
    for part in ("text", "case", "verified", "task", "reply"):
        app.session_state[f"made-{part}-{answer_id}"] = True
    return app.run()


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "text", "info", "warning", "error", "toast")
    return "\n".join(str(element.value) for kind in kinds for element in getattr(app, kind))


def test_a_part_is_built_when_it_is_opened_and_stays_while_it_is_closed_again(hotel: Asked) -> None:
    part, key = f"made-reply-{hotel.answer_id}", f"reply-text-{hotel.answer_id}"
    app = AppTest.from_function(panel, default_timeout=PATIENCE_S, args=(hotel.answer_id,)).run()
    assert not app.text_area
    app.session_state[part] = True
    app.run()
    app.session_state[part] = False
    assert [one.key for one in app.run().text_area] == [key]


def test_a_text_is_approved_changed_in_another_tab_and_taken_back(stocked: House, hotel: Asked, sql: Sql) -> None:
    number = hotel.answer_id
    app, other = opened(number), opened(number)
    app.text_area(key=f"approve-text-{number}").set_value("140 euros at most. [1]")
    app.button(key=f"approve-go-{number}").click().run()
    assert sql("SELECT text, by FROM approved_answers") == [("140 euros at most. [1]", REVIEWER)]
    assert "140 euros at most." in words(other.run())
    other.button(key=f"approve-undo-{number}").click().run()
    assert sql("SELECT count(*) FROM approved_answers") == [(0,)]
    assert "140 euros at most." not in words(app.run())


def test_a_text_that_somebody_else_approved_meanwhile_is_not_lost_unseen(
    stocked: House, hotel: Asked, sql: Sql
) -> None:
    number, text = hotel.answer_id, "140 euros at most. [1]"
    app = opened(number)
    stocked.desk.approvals.approve(number, text, by="otto")
    app.text_area(key=f"approve-text-{number}").set_value("130 euros. [1]")
    app.button(key=f"approve-go-{number}").click().run()
    assert "approved a text meanwhile" in words(app)
    assert (sql("SELECT text FROM approved_answers"), text[:18] in words(app)) == ([(text,)], True)
    app.button(key=f"approve-go-{number}").click().run()
    assert sql("SELECT text FROM approved_answers") == [("130 euros. [1]",)]


def test_a_case_that_somebody_else_kept_meanwhile_is_not_lost_unseen(stocked: House, hotel: Asked, sql: Sql) -> None:
    key = f"case-{hotel.answer_id}"
    app = opened(hotel.answer_id)
    stocked.desk.cases.keep(hotel.answer_id, CaseDraft("How *much*?", facts=("140",)), by="otto")
    app.text_area(key=f"{key}-question").set_value("My words?")
    app.button(key=f"{key}-keep").click().run()
    shown = words(app)
    assert ("otto changed this case" in shown, r"How \*much\*" in shown) == (True, True)
    assert sql("SELECT question, facts FROM cases") == [("How *much*?", '["140"]')]
    app.button(key=f"{key}-keep").click().run()
    assert (sql("SELECT question FROM cases"), bool(app.exception)) == ([("My words?",)], False)


def test_a_text_that_cannot_stand_is_told_and_stays_in_its_box(hotel: Asked, sql: Sql) -> None:
    number = hotel.answer_id
    app = opened(number)
    app.text_area(key=f"approve-text-{number}").set_value("See [9]")
    app.button(key=f"approve-go-{number}").click().run()
    assert not app.exception
    assert "no footnote" in words(app)
    assert app.text_area(key=f"approve-text-{number}").value == "See [9]"
    assert sql("SELECT count(*) FROM approved_answers") == [(0,)]


def test_a_case_a_verified_answer_an_example_a_task_and_a_reply_are_made(hotel: Asked, sql: Sql) -> None:
    number = hotel.answer_id
    app = opened(number)
    app.button(key=f"case-{number}-keep").click().run()
    app.button(key=f"verify-go-{number}").click().run()
    app.text_input(key=f"task-new-{number}-title").set_value("Hotels *abroad*")
    app.button(key=f"task-new-{number}-go").click().run()
    app.text_area(key=f"reply-text-{number}").set_value("Thank you, it is right now.")
    app.button(key=f"reply-go-{number}").click().run()
    assert not app.exception
    assert sql("SELECT question, facts FROM cases") == [(HOTEL, '["140 euros"]')]
    assert sql("SELECT question, text, state FROM verified_answers") == [(HOTEL, f"{HOTEL_SENTENCE} [1]", "live")]
    assert sql("SELECT kind, title, status FROM document_tasks") == [("missing", "Hotels *abroad*", "open")]
    assert sql("SELECT text, by FROM replies") == [("Thank you, it is right now.", REVIEWER)]
    assert r"Hotels \*abroad\*" in words(app)
    app.toggle(key=f"example-{number}").set_value(True).run()
    app.button(key=f"fixed-{number}").click().run()
    assert sql("SELECT count(*) FROM examples") == [(1,)]
    assert sql("SELECT status FROM review_items WHERE message_id = ?", number) == [("fixed",)]


def test_another_source_is_looked_up_by_its_words(hotel: Asked, sql: Sql) -> None:
    key = f"case-{hotel.answer_id}"
    app = opened(hotel.answer_id)
    app.text_input(key=f"{key}-source").set_value("words that nobody wrote anywhere")
    app.button(key=f"{key}-keep").click().run()
    assert ("stand in no document" in words(app), sql("SELECT count(*) FROM cases")) == (True, [(0,)])
    app.text_input(key=f"{key}-source").set_value("gets the full price back")
    app.button(key=f"{key}-keep").click().run()
    quotes = [one["quote"] for one in json.loads(sql("SELECT sources FROM cases")[0][0])]
    assert quotes == [HOTEL_SENTENCE, "gets the full price back"]


def test_an_answer_without_footnotes_is_no_example_and_not_verified(stocked: House) -> None:
    number = answered(stocked, "What is on the moon?").answer_id
    keys = {button.key for button in opened(number).button}
    assert (f"approve-go-{number}" in keys, f"verify-go-{number}" in keys) == (True, False)


def test_of_a_deleted_answer_nothing_is_shown(stocked: House, hotel: Asked) -> None:
    stocked.assistant.forget(ANA, hotel.conversation_id)
    assert opened(hotel.answer_id).button == []


def test_personal_data_is_hidden_and_not_served(stocked: House, library_of: LibraryOf, sql: Sql) -> None:
    library_of(stocked, {"desk.md": "# Desk\n\nThe help desk is reached at anna.berg@northlamp.com on workdays.\n"})
    number = answered(stocked, "How is the help desk reached on workdays?").answer_id
    app = opened(number)
    assert "anna.berg" not in app.text_area(key=f"approve-text-{number}").value
    app.button(key=f"verify-go-{number}").click().run()
    assert ("personal data" in words(app), sql("SELECT count(*) FROM verified_answers")) == (True, [(0,)])


@pytest.mark.parametrize("view", ["Test cases", "Verified answers", "Examples", "Tasks"])
def test_lists_hide_personal_data_and_looks_are_noted(stocked: House, hotel: Asked, sql: Sql, view: str) -> None:
    number, asked = hotel.answer_id, "May anna.berg@northlamp.com have a hotel?"
    stocked.desk.approvals.approve(number, f"Ask anna.berg@northlamp.com. {HOTEL_SENTENCE} [1]", by="otto")
    stocked.desk.cases.keep(number, CaseDraft(asked, facts=("140",)), by="otto")
    stocked.desk.verified.make(number, asked, by="otto")
    stocked.desk.examples.approve(number, by="otto")
    stocked.desk.tasks.add("missing", asked, by="otto", words=asked, answer_id=number)
    app = chosen(view)
    typed = [str(one.value) for kind in ("text_area", "text_input") for one in getattr(app, kind)]
    shown = "".join([repr(app.main), words(app), *typed]).replace("\\", "")
    assert not app.exception
    assert ("anna.berg" in shown, "mail" in shown) == (False, True)
    if view != "Tasks":
        looks = sql("SELECT actor, message_id FROM audit_entries WHERE act = 'looked'")
        assert looks == [(REVIEWER, number)]


def made(house: House, number: int) -> None:
    draft = house.desk.cases.suggested(number)
    assert draft is not None
    house.desk.cases.keep(number, draft, by=REVIEWER)
    house.desk.verified.make(number, HOTEL, by=REVIEWER)
    house.desk.examples.approve(number, by=REVIEWER)
    house.desk.tasks.add("outdated", "Limits", by=REVIEWER, answer_id=number)


def chosen(view: str) -> AppTest:
    app = AppTest.from_function(lists, default_timeout=PATIENCE_S).run()
    return app.segmented_control(key="outcomes-list").set_value(view).run() if view != "Test cases" else app


@pytest.mark.parametrize(
    ("view", "shown", "button", "query", "left"),
    [
        ("Test cases", "1 case,", "case-delete-1", "SELECT count(*) FROM cases", (0,)),
        ("Verified answers", "0 times", "listed-off-2", "SELECT state FROM verified_answers", ("off",)),
        ("Examples", "1 example,", "example-out-1", "SELECT count(*) FROM examples", (0,)),
        ("Tasks", "Limits", "task-delete-1", "SELECT count(*) FROM document_tasks", (0,)),
    ],
)
def test_what_was_made_is_listed_and_taken_back(
    stocked: House, hotel: Asked, sql: Sql, view: str, shown: str, button: str, query: str, left: tuple[Any, ...]
) -> None:
    made(stocked, hotel.answer_id)
    app = chosen(view)
    assert shown in words(app)
    app.button(key=button).click().run()
    assert not app.exception
    assert sql(query) == [left]


def test_empty_lists_say_so(stocked: House) -> None:
    assert "No test case yet" in words(chosen("Test cases"))
