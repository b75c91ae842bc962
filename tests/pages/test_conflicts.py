"""What readers see where sources disagree, and where a document was replaced since it was cited."""

from collections.abc import Callable

import pytest

from rag.house import House
from tests.conftest import LibraryOf
from tests.pages.conftest import Tab
from tests.rag.conflicts.test_finding import HANDBOOK, LEAVE

QUESTION = "How many days of annual leave do staff get?"


@pytest.fixture
def divided(house: House, library_of: LibraryOf, tab: Callable[..., Tab]) -> Tab:
    """A tab with an answer whose sources disagree."""
    library_of(house, {"leave.md": LEAVE, "handbook.md": HANDBOOK})
    return tab(house).open().ask(QUESTION)


def test_sources_that_disagree_are_told_with_both_places_to_open(divided: Tab) -> None:
    assert len(divided.answer().conflicts) == 1
    assert "Two sources disagree" in divided.words()
    assert "28 days \\(newer\\)" in divided.words()
    opened = [key for key in divided.buttons() if key.startswith("conflict-")]
    assert len(opened) == 2
    for key in opened:
        divided.click(key)
        assert not divided.app.exception


def test_a_document_replaced_since_is_told_when_the_conversation_is_opened_again(
    divided: Tab, library_of: LibraryOf, tab: Callable[..., Tab]
) -> None:
    library_of(
        divided.house, {"leave.md": "# Leave\n\nStaff get 30 days.\n", "handbook.md": "# Handbook\n\nNothing.\n"}
    )
    again = tab(divided.house).open(c=divided.app.query_params["c"])
    assert "was replaced since" in again.words()
    assert "Perhaps outdated" in again.words()
