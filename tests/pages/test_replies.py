"""A reviewer's reply, as the one who reported something sees it."""

from collections.abc import Callable

import pytest

from store.records import ReplyRecord
from tests.pages.conftest import LAMP, Tab

NewTab = Callable[..., Tab]
WORDS = "It is *mended* now.\nSee <b>page 3</b>."


@pytest.fixture
def replied(keeper: Tab) -> Tab:
    """A tab with a new conversation open, and an older one to whose answer somebody replied."""
    keeper.open().ask(LAMP)
    keeper.house.desk.replies.send(keeper.answer().id, WORDS, "reviewer")
    return keeper.click("new-conversation")


def reply(tab: Tab) -> ReplyRecord:
    [[found]] = tab.house.desk.replies.of_answers([tab.answer().id]).values()
    return found


def icons(tab: Tab) -> list[str]:
    return [button.proto.icon for button in tab.app.button if (button.key or "").startswith("conversation-")]


def test_a_reply_is_told_of_where_it_is_not_seen(replied: Tab) -> None:
    assert "A reviewer replied to what you reported" in replied.words()
    assert icons(replied) == [":material/mark_chat_unread:"]
    assert reply(replied).seen_at is None


def test_the_notice_opens_the_conversation_and_then_it_is_seen(replied: Tab) -> None:
    replied.click("open-reply")
    assert r"It is \*mended\* now\.  " + "\n" + r"See \<b\>page 3\<\/b\>\." in replied.words()
    assert "A reviewer replied, just now" in replied.words()
    assert (replied.has("open-reply"), icons(replied)) == (False, [""])
    assert reply(replied).seen_at is not None


def test_a_reply_that_comes_while_its_conversation_is_open_needs_no_notice(keeper: Tab) -> None:
    keeper.open().ask(LAMP)
    keeper.house.desk.replies.send(keeper.answer().id, "Thank you.", "reviewer")
    keeper.app.run()
    assert (keeper.has("open-reply"), "Thank you" in keeper.words()) == (False, True)


def test_somebody_else_is_told_of_nothing(replied: Tab, tab: NewTab) -> None:
    other = tab(replied.house, "ben").open()
    assert "A reviewer replied" not in other.words()
