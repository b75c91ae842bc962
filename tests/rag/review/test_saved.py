"""Saved filters: one's own until they are shared, and never with what somebody else may not see."""

import pytest

from rag.house import House
from rag.review import wanted
from rag.review.acts import BadWords
from store.models import Person
from store.records.auditing import AuditFilter
from store.records.inbox import ItemFilter
from tests.rag.review.test_inbox import BEA, CID

POOL = ItemFilter(rating=-1, words="pool & bar", since=None)


def names(house: House, person: str) -> list[str]:
    return [one.name for one in house.desk.inbox.saved.of(person)]


def test_a_saved_filter_opens_the_same_list_and_is_ones_own(house: House) -> None:
    filters = house.desk.inbox.saved
    filters.save(BEA, "  Pool  talk ", POOL, "newest")
    filters.save(CID, "Pool talk", ItemFilter(corrected=False))
    filters.save(BEA, "Pool talk", POOL, "oldest")
    [pool] = filters.of(BEA)
    assert (pool.name, wanted.read(pool.wanted), pool.is_shared) == ("Pool talk", (POOL, "oldest"), False)
    with pytest.raises(BadWords):
        filters.rename(CID, pool.id, "Taken over")
    filters.forget(CID, pool.id)
    assert names(house, BEA) == ["Pool talk"]


def test_a_shared_one_is_everybodys_and_changed_by_its_maker(house: House) -> None:
    filters = house.desk.inbox.saved
    filters.save(BEA, "Pool", POOL, shared=True)
    [pool] = filters.of(CID)
    assert (pool.by, pool.is_shared) == (BEA, True)
    for change in (
        lambda: filters.save(CID, "Pool", ItemFilter()),
        lambda: filters.rename(CID, pool.id, "Bar"),
        lambda: filters.share(CID, pool.id, shared=False),
    ):
        with pytest.raises(BadWords):
            change()
    filters.share(BEA, pool.id, shared=False)
    assert (names(house, CID), names(house, BEA)) == ([], ["Pool"])


def test_anybody_may_delete_a_shared_one_and_the_log_says_who(house: House) -> None:
    house.desk.inbox.saved.save(BEA, "Pool", POOL, shared=True)
    house.desk.inbox.saved.forget(CID, house.desk.inbox.saved.of(CID)[0].id)
    [entry] = house.desk.audit.page(AuditFilter(), limit=9)
    assert (names(house, BEA), entry.actor, entry.detail) == ([], CID, "a shared filter, deleted")


@pytest.mark.parametrize(("name", "words"), [("Mails", "ana.kovac@example.com"), ("ana.kovac@example.com", "pool")])
def test_personal_data_is_not_shared(house: House, name: str, words: str) -> None:
    filters = house.desk.inbox.saved
    with pytest.raises(BadWords, match="yours alone"):
        filters.save(BEA, name, ItemFilter(words=words), shared=True)
    filters.save(BEA, name, ItemFilter(words=words))
    with pytest.raises(BadWords, match="yours alone"):
        filters.share(BEA, filters.of(BEA)[0].id, shared=True)


def test_what_goes_with_a_person_is_their_own(house: House) -> None:
    filters = house.desk.inbox.saved
    filters.save(BEA, "Mine", POOL)
    filters.save(BEA, "Ours", POOL, shared=True)
    with house.database.write() as session:
        session.delete(session.get_one(Person, BEA))
    [ours] = filters.of(CID)
    assert (ours.name, ours.by) == ("Ours", None)
    filters.rename(CID, ours.id, "Anybody's")
    assert names(house, CID) == ["Anybody's"]
