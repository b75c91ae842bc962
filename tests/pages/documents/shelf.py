"""What tests of the Documents page put on it, and how they look at it."""

from collections.abc import Callable

from rag.house import House
from tests.pages.conftest import HANDBOOK, Tab

NewTab = Callable[..., Tab]
LibraryOf = Callable[..., dict[str, int]]
TIDES = "# Tides\n\nThe tide at Gull Rock turns twice a day.\n"
TWO = {"handbook.md": HANDBOOK, "tides.md": TIDES}


def listed(tab: Tab) -> list[str]:
    """The titles in the list, in its order."""
    ids = [int(key.removeprefix("open-")) for key in tab.buttons() if key.startswith("open-")]
    known = {document.id: document.title for document in tab.house.library.listing()}
    return [known[number] for number in ids]


def upload(tab: Tab, *files: tuple[str, bytes]) -> None:
    box = tab.app.file_uploader[-1]  # those before it are unseen
    for name, content in files:
        box.upload(name, content)
    box.run()


def work(house: House) -> None:
    """Reads and embeds all that waits."""
    while house.worker.step():
        pass


def read(house: House) -> None:
    """Reads all that waits; vectors do not follow yet."""
    while house.worker._readings[0].step():
        pass
