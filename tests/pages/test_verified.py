"""A verified answer in the chat: its mark, and the way to a written one."""

from collections.abc import Callable

from rag.house import House
from tests.pages.conftest import LAMP, Tab


def test_it_is_marked_with_its_date_and_can_be_asked_anew(keeper: Tab, tab: Callable[[House, str], Tab]) -> None:
    keeper.open().ask(LAMP)
    made = keeper.answer()
    keeper.house.desk.verified.make(made.id, LAMP, by="rosa")
    since = keeper.house.desk.verified.listing()[0].changed_at

    other = tab(keeper.house, "ben").open().ask("please tell me when the lamp is lit")
    served = other.answer()
    assert (served.writer, served.text) == ("verified", made.text)
    assert f"Verified by a reviewer, {since:%d %b %Y}" in other.words()

    other.click(f"anew-{served.id}")
    assert other.answer().writer == "extractive"
    assert "Verified by a reviewer" not in other.open().words()
