"""How reviewers are called."""

import pytest

from rag.review.people import BadName, People
from store.engine import Database

BEA, CID = "bea0123456", "cid0123456"


def test_a_name_is_kept_and_taken_away(database: Database) -> None:
    people = People(database)
    people.rename(BEA, "  Bea   Bo ")
    assert (people.name(BEA), people.reviewers()) == ("Bea Bo", {BEA: "Bea Bo"})
    people.rename(BEA, "")
    assert (people.name(BEA), people.names([BEA]).of(BEA)) == (None, "visitor bea01234")


@pytest.mark.parametrize("name", ["bea", "BEA", "Visitor 3f2a1234", "x" * 41])
def test_nobody_is_called_like_somebody_else(database: Database, name: str) -> None:
    people = People(database)
    people.rename(BEA, "Bea")
    with pytest.raises(BadName):
        people.rename(CID, name)
    people.rename(BEA, "bea")
