"""The sidebar: a person's own conversations, and nobody else's."""

from collections.abc import Callable

from tests.pages.conftest import LAMP, Tab
from ui import problems

NewTab = Callable[..., Tab]
HORN = "How long does the fog horn sound?"


def titles(tab: Tab) -> list[str]:
    """The conversations in the sidebar, as they are labelled."""
    return [label for key, label in tab.buttons().items() if key.startswith("conversation-")]


def asked_on_page(tab: Tab) -> list[str]:
    return [message.markdown[0].value for message in tab.app.chat_message if message.name == "user"]


def opened_id(tab: Tab) -> str:
    return str(tab.app.query_params["c"])


def test_a_conversation_is_named_after_its_first_question(keeper: Tab) -> None:
    keeper.open().ask(LAMP).ask(HORN)

    assert titles(keeper) == [r"When is the lamp lit\?"]


def test_a_new_conversation_begins_empty(keeper: Tab) -> None:
    keeper.open().ask(LAMP).click("new-conversation")

    assert (asked_on_page(keeper), "c" in keeper.app.query_params) == ([], False)


def test_the_latest_conversation_stands_first(keeper: Tab) -> None:
    keeper.open().ask(LAMP).click("new-conversation").ask(HORN)

    assert titles(keeper) == [r"How long does the fog horn sound\?", r"When is the lamp lit\?"]


def test_an_older_conversation_opens(keeper: Tab) -> None:
    first = opened_id(keeper.open().ask(LAMP))
    keeper.click("new-conversation").ask(HORN).click(f"conversation-{first}")

    assert (asked_on_page(keeper), opened_id(keeper)) == ([r"When is the lamp lit\?"], first)


def test_an_address_opens_its_conversation(keeper: Tab, tab: NewTab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))

    assert asked_on_page(tab(keeper.house).open(c=opened)) == [r"When is the lamp lit\?"]


def test_a_conversation_stays_open_across_pages(keeper: Tab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    keeper.app.query_params.clear()  # as the browser does on its way to another page
    keeper.app.switch_page("../pages/documents/page.py").run()
    keeper.app.query_params.clear()
    keeper.app.switch_page("../pages/chat/page.py").run()

    assert (asked_on_page(keeper), opened_id(keeper)) == ([r"When is the lamp lit\?"], opened)


def test_somebody_elses_conversation_is_refused(keeper: Tab, tab: NewTab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    stranger = tab(keeper.house, "stranger").open(c=opened)

    assert (asked_on_page(stranger), titles(stranger)) == ([], [])
    assert [warning.value for warning in stranger.app.warning] == [problems.NOT_YOURS]


def test_a_stranger_cannot_ask_in_somebody_elses_conversation(keeper: Tab, tab: NewTab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    stranger = tab(keeper.house, "stranger").open(c=opened)
    stranger.ask(HORN)

    assert [question.text for question in keeper.asked()] == [LAMP]
    assert [question.text for question in stranger.asked()] == [HORN]


def test_an_address_of_nothing_is_refused_in_the_same_words(keeper: Tab) -> None:
    keeper.open(c="no-such-conversation")

    assert [warning.value for warning in keeper.app.warning] == [problems.NOT_YOURS]


def test_a_conversation_gets_another_name(keeper: Tab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    keeper.app.text_input(key=f"title-{opened}").set_value("Lamp hours").run()

    assert titles(keeper) == ["Lamp hours"]


def test_an_empty_name_changes_nothing(keeper: Tab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    keeper.app.text_input(key=f"title-{opened}").set_value(" ").run()

    assert titles(keeper) == [r"When is the lamp lit\?"]


def test_conversations_are_found_by_what_was_answered(keeper: Tab) -> None:
    keeper.open().ask(LAMP).click("new-conversation").ask(HORN)
    keeper.app.text_input(key="history-search").set_value("thirty minutes").run()

    assert titles(keeper) == [r"When is the lamp lit\?"]


def test_a_search_that_finds_nothing_says_so(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.app.text_input(key="history-search").set_value("100%_").run()

    assert titles(keeper) == []
    assert "Nothing found" in keeper.words()


def test_a_deleted_conversation_is_gone(keeper: Tab) -> None:
    opened = opened_id(keeper.open().ask(LAMP))
    keeper.click(f"delete-{opened}")

    assert (titles(keeper), keeper.house.assistant.history("keeper"), asked_on_page(keeper)) == ([], [], [])
