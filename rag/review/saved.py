"""Filters of the inbox with a name: each is somebody's own until they share it with everybody.

A shared one is changed by whoever made it, or by anybody when that person is gone; everybody may delete it. What
somebody searches for may be personal data: such a filter is not shared, nor offered to those who do not see it.
"""

from rag.ingest.clean import one_line
from rag.review import wanted
from rag.review.acts import BadWords
from rag.review.audit import Audit
from rag.review.masking import Masking
from rag.review.veil import Veil
from store import saved_filters
from store.engine import Database
from store.records.inbox import ItemFilter, ItemOrder, SavedFilterRecord

LONGEST_NAME = 60


class SavedFilters:
    """Keeps filters. Safe to use from many threads; all methods raise Unavailable, those that change BadWords."""

    def __init__(self, database: Database, masking: Masking, audit: Audit) -> None:
        self._database = database
        self._masking = masking
        self._audit = audit

    def of(self, person: str) -> list[SavedFilterRecord]:
        """Those of this person, and those that are shared."""
        with self._database.read() as session:
            found = saved_filters.of(session, person)
        return [one for one in found if one.by == person or self._may_see(person, one)]

    def save(
        self, person: str, name: str, fitting: ItemFilter, order: ItemOrder = "worth", *, shared: bool = False
    ) -> None:
        """Keeps a filter under a name, in place of this person's own one that has it."""
        kept, address = _name(name), wanted.address(fitting, order)
        if shared:
            _require_shareable(kept, address)
        with self._database.write() as session:
            others = saved_filters.of(session, person)
            if any(one.name == kept and one.is_shared and not _changes(person, one) for one in others):
                raise BadWords("Somebody shares a filter of that name; choose another one.")
            saved_filters.save(session, kept, address, person, shared=shared)

    def rename(self, person: str, filter_id: int, name: str) -> None:
        """Gives a filter another name."""
        kept = _name(name)
        with self._database.write() as session:
            current = saved_filters.get(session, filter_id)
            taken = any(one.name == kept and one.id != filter_id for one in saved_filters.of(session, person))
            if current is None or not _changes(person, current) or taken:
                raise BadWords("There is another filter of that name, or this one was deleted, or is not yours.")
            if current.is_shared:
                _require_shareable(kept, current.wanted)
            saved_filters.rename(session, filter_id, kept)

    def share(self, person: str, filter_id: int, *, shared: bool) -> None:
        """Gives one's own filter to everybody, or takes it back."""
        with self._database.write() as session:
            current = saved_filters.get(session, filter_id)
            if current is None or not _changes(person, current):
                raise BadWords("This filter was deleted, or is not yours.")
            if shared:
                _require_shareable(current.name, current.wanted)
                if any(one.name == current.name and one.is_shared for one in saved_filters.of(session, person)):
                    raise BadWords("Somebody shares a filter of that name; give yours another one first.")
            saved_filters.give(session, filter_id, None if shared else person)

    def forget(self, person: str, filter_id: int) -> None:
        """Deletes one's own filter, or a shared one; that stands in the log."""
        with self._database.write() as session:
            current = saved_filters.get(session, filter_id)
            if current is None or current.owner not in (None, person):
                return
            saved_filters.remove(session, filter_id)
        if current.is_shared and current.by != person:
            self._audit.note(person, "changed", detail="a shared filter, deleted")

    def _may_see(self, person: str, one: SavedFilterRecord) -> bool:
        said = (one.name, one.wanted.get("words", ""), one.wanted.get("tag", ""))
        return self._masking.together(person, *said) == said


def _changes(person: str, one: SavedFilterRecord) -> bool:
    """Whether this person may change it."""
    return one.owner == person or (one.is_shared and one.by in (None, person))


def _require_shareable(name: str, address: dict[str, str]) -> None:
    said = [name, address.get("words", ""), address.get("tag", "")]
    veil = Veil(said)
    if any(veil.text(one) != one for one in said):
        raise BadWords("It holds personal data, so it can be yours alone.")


def _name(name: str) -> str:
    words = one_line(name).strip()
    if not words or len(words) > LONGEST_NAME:
        raise BadWords(f"A filter's name has one to {LONGEST_NAME} characters.")
    return words
