"""Review: the list of answers, its filters, an item, and what reviewers do with it. SQL says how it stands."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from pages.review.inbox import PER_PAGE
from pages.review.item import GONE
from rag.review.people import visitor
from store import answers
from store.engine import Database
from store.models import Message, ReviewEvent, ReviewItem, Trace
from store.records.auditing import AuditFilter
from store.records.inbox import ItemFilter
from tests.pages.conftest import LAMP, Tab
from tests.pages.test_chat import locked, source
from tests.rag.test_assistant import answered
from tests.store.asking import asked, finished, trace

NewTab = Callable[..., Tab]
HORN = "How long does the fog horn sound?"
OIL = "How much oil does the lamp burn?"


@pytest.fixture
def rated(keeper: Tab) -> Tab:
    """A tab on the Review page, over three rated answers: one up, one down, one corrected."""
    conversation_id = None
    for question in (LAMP, HORN, OIL):
        conversation_id = answered(keeper.house, question, conversation_id, person="keeper").conversation_id
    up, down, corrected = ids(keeper)
    assistant = keeper.house.assistant
    assistant.feedback.rate("keeper", up, 1)
    assistant.feedback.rate("keeper", down, -1, reasons=["Wrong"], comment="Ten seconds.")
    assistant.feedback.correct("keeper", corrected, "It burns five litres.")
    return keeper.open("review")


def ids(tab: Tab) -> list[int]:
    return [question.answers[0].id for question in tab.asked()]


def listed(tab: Tab) -> list[str]:
    """The questions of the rows."""
    return [row["question"] for row in tab.drawn("rows")]


def opened(tab: Tab, answer_id: int) -> Tab:
    """A click on a row."""
    return tab.press("inbox-rows", "opened", answer_id)


def stands(tab: Tab, answer_id: int) -> tuple[str, str | None]:
    with tab.house.database.read() as session:
        item = session.get_one(ReviewItem, answer_id)
        return item.status, item.assignee


def address(tab: Tab) -> dict[str, str]:
    said = dict(tab.app.query_params)
    return {name: value if isinstance(value, str) else value[0] for name, value in said.items()}


def test_an_empty_inbox_says_so(keeper: Tab) -> None:
    assert "Nothing here yet" in keeper.open("review").words()


def test_what_is_most_worth_reading_comes_first(rated: Tab) -> None:
    assert listed(rated) == [HORN, OIL, LAMP]
    rated.app.selectbox(key="inbox-order").set_value("newest").run()
    assert (listed(rated), address(rated)["order"]) == ([OIL, HORN, LAMP], "newest")


def test_a_filter_stands_in_the_address_and_its_chip_takes_it_away(rated: Tab, tab: NewTab) -> None:
    rated.app.selectbox(key="inbox-rating").set_value(-1).run()
    assert (listed(rated), address(rated)) == ([HORN], {"rating": "down"})
    other = tab(rated.house, "other").open("review", rating="down", words="horn")
    assert listed(other) == [HORN]
    other.click("chip-rating").click("chip-words")
    assert (len(listed(other)), address(other)) == (3, {})


def test_a_search_finds_comments_and_says_when_nothing_fits(rated: Tab) -> None:
    rated.app.text_input(key="inbox-words").set_value("ten sec").run()
    assert listed(rated) == [HORN]
    rated.app.text_input(key="inbox-words").set_value('"zebra* AND 🙂').run()
    assert (listed(rated), "No answer fits" in rated.words()) == ([], True)


def test_an_address_that_makes_no_sense_lists_all(rated: Tab, tab: NewTab) -> None:
    other = tab(rated.house, "other").open("review", rating="x", p="-3", since="yesterday", order="?")
    assert len(listed(other)) == 3
    assert GONE in tab(rated.house, "other").open("review", item="none").words()


def test_the_list_has_pages(house: object, tab: NewTab) -> None:
    one = tab(house)
    with one.house.database.write() as session:
        for number in range(PER_PAGE + 1):
            *_, answer_id = asked(session, f"Question {number}?")
            answers.finish(session, answer_id, finished(), trace(id=f"t{number}"))
    one.open("review", order="newest")
    assert (len(listed(one)), listed(one)[0]) == (PER_PAGE, "Question 25?")
    assert listed(tab(one.house).open("review", order="newest", p="2")) == ["Question 0?"]
    assert len(listed(tab(one.house).open("review", p="9"))) == PER_PAGE


def test_a_row_opens_its_item_under_an_address_of_its_own(rated: Tab, tab: NewTab) -> None:
    corrected = ids(rated)[2]
    opened(rated, corrected)
    assert address(rated) == {"item": str(corrected)}
    linked = tab(rated.house, "other").open("review", item=str(corrected))
    for one in (rated, linked):
        assert "litres :red-background[~~of oil a night\\. \\[1\\]~~]" in one.words()
        assert "own words" not in one.words()  # the prompt is not built until somebody asks for it
        one.app.session_state[f"item-prompt-{corrected}"] = True
        one.app.run()
        assert "The answer is made of the documents\\' own words" in one.words()
    assert corrected in [row["id"] for row in rated.click("item-back").drawn("rows")]


def test_one_goes_through_the_list_as_it_stood(rated: Tab) -> None:
    """Although what was set to fixed has left its place meanwhile."""
    up, down, corrected = ids(rated)
    opened(rated, down)
    rated.app.segmented_control(key="item-status").set_value("fixed").run()
    assert address(rated.click("item-next"))["item"] == str(corrected)
    assert address(rated.click("item-next"))["item"] == str(up)
    assert rated.app.button(key="item-next").disabled
    assert address(rated.click("item-before"))["item"] == str(corrected)


def test_every_click_on_an_item_stands_in_sql_at_once(rated: Tab) -> None:
    down = ids(rated)[1]
    opened(rated, down)
    rated.app.segmented_control(key="item-status").set_value("in_review").run()
    rated.click("item-mine")
    assert stands(rated, down) == ("in_review", "keeper")
    rated.app.multiselect(key="item-tags").set_value(["fog"]).run()
    rated.app.text_area(key=f"item-note-{down}").set_value("Ask the keeper.")
    rated.click("item-note-add")
    with rated.house.database.read() as session:
        events = session.execute(select(ReviewEvent.kind, ReviewEvent.detail).order_by(ReviewEvent.id)).all()
    assert [tuple(one) for one in events] == [
        ("status", "new>in_review"),
        ("assignee", ">keeper"),
        ("tag", "+fog"),
        ("note", "Ask the keeper."),
    ]
    assert "noted\\: Ask the keeper" in rated.words()
    assert rated.app.text_area(key=f"item-note-{down}").value == ""
    rated.app.multiselect(key="item-tags").set_value([]).run()
    assert rated.house.desk.inbox.count("rosa", ItemFilter(tag="fog")) == 0


def test_two_people_see_what_the_other_did(rated: Tab, tab: NewTab) -> None:
    down = ids(rated)[1]
    opened(rated, down)
    rated.app.segmented_control(key="item-status").set_value("fixed").run()
    other = tab(rated.house, "other").open("review", item=str(down))
    assert other.app.segmented_control(key="item-status").value == "fixed"
    other.app.segmented_control(key="item-status").set_value("wont_fix").run()
    rated.app.segmented_control(key="item-status").set_value("new").run()
    assert f"{visitor('other')} had set this to Won't fix meanwhile" in rated.app.toast[0].value
    assert stands(rated, down)[0] == "new"


def test_a_conversation_deleted_meanwhile_is_told(rated: Tab) -> None:
    down = ids(rated)[1]
    opened(rated, down)
    for one in rated.house.assistant.history("keeper"):
        rated.house.assistant.forget("keeper", one.id)
    rated.app.segmented_control(key="item-status").set_value("fixed").run()
    assert (GONE in rated.words(), len(rated.app.exception)) == (True, 0)


def test_selected_rows_are_changed_together_and_brought_back(rated: Tab) -> None:
    up, down, corrected = ids(rated)
    for one in (up, down):
        rated.press("inbox-rows", "selected", [one, True])
    rated.click("bulk-status-fixed")
    assert [stands(rated, one)[0] for one in (up, down, corrected)] == ["fixed", "fixed", "new"]
    assert "2 answers changed" in rated.words()
    rated.click("bulk-undo")
    assert [stands(rated, one)[0] for one in (up, down)] == ["new", "new"]


def test_all_that_fit_the_filter_are_changed_together(rated: Tab) -> None:
    rated.press("inbox-rows", "selected", [ids(rated)[0], True])
    rated.app.checkbox(key="bulk-all").check().run()
    rated.app.text_input(key="bulk-tag-name").set_value("spring").run()
    rated.click("bulk-tag-on")
    assert rated.house.desk.inbox.count("rosa", ItemFilter(tag="spring")) == 3


def test_a_list_is_saved_and_opened_again(rated: Tab, tab: NewTab) -> None:
    rated.app.selectbox(key="inbox-rating").set_value(-1).run()
    rated.app.text_input(key="save-filter-name").set_value("Complaints")
    rated.app.checkbox(key="save-filter-shared").check()
    rated.click("save-filter-now")
    other = tab(rated.house, "other").open("review")
    [kept] = rated.house.desk.inbox.saved.of("other")
    other.app.selectbox(key="saved-filter").set_value(kept.id).run()
    assert listed(other) == [HORN]
    other.click("delete-filter-now")
    assert rated.house.desk.inbox.saved.of("other") == []


def test_reviewers_have_names(rated: Tab, tab: NewTab) -> None:
    down = ids(rated)[1]
    rated.app.text_input(key="my-name-words").set_value("Bea").run()
    opened(rated, down).click("item-mine")
    other = tab(rated.house, "other").open("review")
    assert "Bea" in [badge["text"] for badge in other.drawn("rows")[0]["badges"] if badge["icon"] == "person"]
    other.app.text_input(key="my-name-words").set_value("bea").run()
    assert "Somebody else is called that already" in other.words()


def test_personal_data_is_hidden_in_list_and_item(rated: Tab, tab: NewTab) -> None:
    down = ids(rated)[1]
    with rated.house.database.write() as session:
        question = session.get_one(Message, session.get_one(Message, down).reply_to)
        question.text = "I am Ana Kovač, ana.kovac@example.com. How long?"
    other = tab(rated.house, "other").open("review")
    assert "I am [name], [e-mail]. How long?" in listed(other)
    opened(other, down)
    assert "Kovač" not in other.words()


def test_an_item_shows_the_wrong_source_and_opens_the_better_one(rated: Tab) -> None:
    up = ids(rated)[0]
    feedback, cited = rated.house.assistant.feedback, rated.asked()[0].answers[0].citations[0]
    words = "burns four litres of oil a night"
    feedback.name_better("keeper", up, cited.id, feedback.find_source(words), words=words)
    opened(rated, up)
    assert "wrong source] :blue-badge[1]" in rated.words()
    assert "Better: **Keeper\\'s handbook**" in rated.words()
    assert words in rated.buttons()[f"item-better-{cited.id}"]
    rated.click(f"item-better-{cited.id}")
    assert source(rated)["words"] == words


def test_the_log_tells_who_looked_at_what(rated: Tab, tab: NewTab) -> None:
    up = ids(rated)[0]
    opened(rated, up)
    other = tab(rated.house, "other").open("review")
    other.app.segmented_control(key="review-view").set_value("Log").run()
    other.app.selectbox(key="log-act").set_value("looked").run()
    [row] = other.app.dataframe[0].value.to_dict("records")
    assert (row["who"], row["did what"], row["answer"]) == (visitor("keeper"), "looked", str(up))
    assert rated.house.desk.audit.count(AuditFilter(actor="other", act="listed")) == 1


def test_an_answer_becomes_an_example_and_is_taken_out_again(rated: Tab) -> None:
    up = ids(rated)[0]
    opened(rated, up)
    for wanted in (True, False):
        rated.app.toggle(key=f"example-{up}").set_value(wanted).run()
        assert (rated.house.assistant.examples.among([up]) == {up}) is wanted


def test_marks_and_reasons_stand_with_the_answer(rated: Tab) -> None:
    up = ids(rated)[0]
    with rated.house.database.write() as session:
        row = session.get_one(Message, up)
        row.sentences, row.supported = 1, 0
        support = [{"start": 0, "end": 8, "verdict": "unsupported", "why": "“42” stands in none."}]
        session.execute(update(Trace).where(Trace.message_id == up).values(support=support))
    opened(rated, up)
    assert (":orange-badge[? a]" in rated.words(), "stands in none" in rated.words()) == (True, True)


def test_while_the_database_is_locked_nothing_is_lost_or_pretended(rated: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    down = ids(rated)[1]
    opened(rated, down)
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", locked)
        rated.app.segmented_control(key="item-status").set_value("fixed").run()
    assert (stands(rated, down)[0], len(rated.app.error)) == ("new", 1)
    assert rated.app.run().segmented_control(key="item-status").value == "new"


def test_a_note_that_cannot_be_kept_stays_in_its_box_and_beside_its_item(
    rated: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, down, corrected = ids(rated)
    opened(rated, down)
    rated.app.text_area(key=f"item-note-{down}").set_value("Ask the keeper.")
    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", locked)
        rated.click("item-note-add")
    assert rated.app.text_area(key=f"item-note-{down}").value == "Ask the keeper."
    rated.click("item-next")
    assert rated.app.text_area(key=f"item-note-{corrected}").value == ""
