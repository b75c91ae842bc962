"""A house with two documents and an answer about hotels, and reviewers with names."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from rag.assistant import Asked
from rag.house import House
from tests.conftest import LibraryOf
from tests.rag.answering import LIBRARY
from tests.rag.test_assistant import answered

Sql = Callable[..., list[Any]]
REVIEWER = "rosa"
OTHER = "otto"


@pytest.fixture
def stocked(house: House, library_of: LibraryOf) -> House:
    library_of(house, LIBRARY)
    return house


@pytest.fixture
def hotel(stocked: House) -> Asked:
    """The answer to “How much is reimbursed for a hotel night?”."""
    return answered(stocked)


@pytest.fixture
def sql(stocked: House) -> Sql:
    """What the database file says, read past the app."""
    return reading(stocked)


def reading(house: House) -> Sql:
    """Asks the database file of a house."""

    def read(query: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(house.database.url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(query, values).fetchall()

    return read
