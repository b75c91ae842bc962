"""A library with two documents, looked at on the Documents page."""

import pytest

from rag.house import House
from tests.pages.conftest import Tab
from tests.pages.documents.shelf import TWO, LibraryOf, NewTab


@pytest.fixture
def ids(house: House, library_of: LibraryOf) -> dict[str, int]:
    """The ids of the two documents, by file name."""
    return library_of(house, TWO)


@pytest.fixture
def shelf(house: House, ids: dict[str, int], tab: NewTab) -> Tab:
    """A tab over the two documents."""
    return tab(house)
