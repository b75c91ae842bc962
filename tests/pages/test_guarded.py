"""What readers see of guards, and the way to say that a question was fine."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from pages.chat.guarded import THANKS, told
from rag.settings import Guards
from store.engine import Database
from store.records import FindingRecord
from store.records.guarding import FindingAction, FindingStand
from tests.conftest import BuildHouse, LibraryOf
from tests.pages.conftest import HANDBOOK, LAMP, Tab
from tests.pages.test_chat import locked
from tests.rag.test_guarding import HERE

NewTab = Callable[..., Tab]
EURO = "How many euros is the lamp?"


def guarded(build_house: BuildHouse, library_of: LibraryOf, tab: NewTab, post: str) -> Tab:
    """A tab over a house whose guard does this to questions that speak of euros."""
    house = build_house(guards=Guards.model_validate({"question": {f"{HERE}:Euros": post}}))
    library_of(house, {"handbook.md": HANDBOOK})
    return tab(house).open()


@pytest.fixture
def refused(build_house: BuildHouse, library_of: LibraryOf, tab: NewTab) -> Tab:
    """A tab with a refused question."""
    return guarded(build_house, library_of, tab, "refuse").ask(EURO)


def appeals(tab: Tab) -> list[tuple[int, str]]:
    """What the database holds."""
    path = tab.house.settings.data_dir / "footnote.db"
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT message_id, kind FROM guard_reviews").fetchall()


def fine(tab: Tab) -> str:
    return f"fine-{tab.answer().id}"


def test_a_refused_question_can_be_appealed(refused: Tab) -> None:
    assert (refused.buttons()[fine(refused)], appeals(refused)) == ("This was fine", [])
    refused.click(fine(refused))
    assert appeals(refused) == [(refused.answer().id, "appeal")]
    assert (THANKS in refused.words(), refused.has(fine(refused))) == (True, False)


def test_thanks_stay_after_a_reload_and_in_another_tab_and_one_appeal_is_enough(refused: Tab, tab: NewTab) -> None:
    other = tab(refused.house).open(c=refused.app.query_params["c"])
    refused.click(fine(refused))
    other.click(fine(other))  # it still shows the button
    assert len(appeals(refused)) == 1
    reloaded = tab(refused.house).open(c=refused.app.query_params["c"])
    assert (THANKS in other.words(), THANKS in reloaded.words(), reloaded.has(fine(reloaded))) == (True, True, False)


def test_an_appeal_about_a_conversation_that_is_gone_is_told(refused: Tab) -> None:
    key = fine(refused)
    refused.house.assistant.forget("keeper", refused.app.query_params["c"])
    refused.click(key)
    assert "belongs to somebody else" in refused.words()


def test_while_the_database_is_locked_the_button_stays(refused: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Database, "write", locked)
        refused.click(fine(refused))
    assert (appeals(refused), refused.has(fine(refused)), len(refused.app.error)) == ([], True, 1)


def test_an_answer_and_an_empty_question_offer_no_appeal(keeper: Tab) -> None:
    keeper.open().ask(LAMP).ask("\u200b")
    states = [question.answers[0].state for question in keeper.asked()]
    assert (states, [key for key in keeper.buttons() if key.startswith("fine-")]) == (["answered", "refused"], [])


def test_a_flag_stands_under_the_answer(build_house: BuildHouse, library_of: LibraryOf, tab: NewTab) -> None:
    flagged = guarded(build_house, library_of, tab, "flag").ask("When is the lamp lit, in euros?")
    assert ":material/flag: Noticed in your question\\: It speaks of money\\." in flagged.words()


def finding(action: FindingAction, stand: FindingStand = "answer", why: str = "Why", what: str = "x") -> FindingRecord:
    return FindingRecord(stand, "moon", what, why, action)


@pytest.mark.parametrize(
    ("findings", "lines"),
    [
        ((finding("mask", "stream"), finding("mask")), [":material/visibility_off: Hidden in this answer\\: Why"]),
        ((finding("refuse", "passage"),), [":material/block: Left out a passage\\: Why"]),
        ((finding("ask_again"), finding("refuse", "question"), finding("allow", what="broken")), []),
        ((FindingRecord("answer", "support", "x", "Why", "flag"),), []),
        ((finding("flag", what="broken"), finding("flag", "document")), []),
        (
            (finding("flag", why="![a](http://b)"),),
            [":material/flag: Noticed in this answer\\: \\!\\[a\\]\\(http\u2060\\:\\/\\/b\\)"],
        ),
    ],
)
def test_each_reason_is_told_once_and_harmless(findings: tuple[FindingRecord, ...], lines: list[str]) -> None:
    assert told(findings) == lines
