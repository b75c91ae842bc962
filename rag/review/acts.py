"""What reviewers do with items, one or many at once: each act is one transaction, with an event for each item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rag.ingest.clean import cleaned, one_line
from rag.review.masking import Masking
from rag.review.people import Names
from store import audit, inbox, item_events, people
from store.engine import Database
from store.records.inbox import EventRecord, ItemAct, ItemFilter, ItemStatus, Undo

AT_ONCE = 20_000  # items changed by one act
LONGEST_NOTE, LONGEST_TAG = 4000, 40
STATUS_WORDS: Mapping[ItemStatus, str] = {
    "new": "New",
    "in_review": "In review",
    "fixed": "Fixed",
    "wont_fix": "Won't fix",
}
Which = Sequence[int] | ItemFilter


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act. `undo` brings back what was, where `did` still stands."""

    changed: int
    undo: Undo = ()
    did: ItemAct | None = None
    gone: bool = False  # the one item was deleted meanwhile
    told: str = ""  # what others did with it meanwhile, in words


class BadWords(Exception):
    """A note or tag that cannot be kept, with words for whoever wrote it."""


class Acts:
    """Changes items. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database, masking: Masking) -> None:
        self._database = database
        self._masking = masking

    def one(self, actor: str, answer_id: int, act: ItemAct, *, seen: int = 0) -> Done:
        """Changes one item. Raises BadWords.

        `seen` is the last event its page showed: what others did since is told.
        """
        if act.kind == "tag":
            act = ItemAct("tag", tagged(act.value or ""))
        with self._database.write() as session:
            before = item_events.standing(session, answer_id)
            if before is None:
                return Done(0, gone=True)
            others = [one for one in item_events.history(session, answer_id, after=seen) if one.actor != actor]
            named = {name or "" for one in others for name in (one.actor, one.detail.partition(">")[2])}
            names = Names(people.named(session, {*named, before[1] or ""}))
            undo = item_events.do(session, [answer_id], act, actor)
        return Done(len(undo), undo, act, told=_told(act, actor, before[1], others, names))

    def many(self, actor: str, which: Which, act: ItemAct) -> Done:
        """Changes all these items, or all that fit a filter, at most AT_ONCE of them. Raises BadWords."""
        if act.kind == "tag":
            act = ItemAct("tag", tagged(act.value or ""))
        with self._database.write() as session:
            if isinstance(which, ItemFilter):
                which = inbox.ids(session, self._masking.asked(actor, which), "newest", limit=AT_ONCE)
            ids = list(which)
            undo = item_events.do(session, ids, act, actor)
            changed = sum(len(items) for _, items in undo)
            if changed:
                audit.add(session, actor, "changed", detail=f"{act.kind} of {changed:,} items")
        return Done(changed, undo, act)

    def undo(self, actor: str, done: Done) -> int:
        """Brings back what was before, but for what somebody changed since; the history shows both.

        Gives how many items it changed.
        """
        with self._database.write() as session:
            count = 0
            for act, ids in done.undo:
                still = item_events.still(session, ids, done.did) if done.did else ids
                count += sum(len(items) for _, items in item_events.do(session, still, act, actor))
            return count

    def note(self, actor: str, answer_id: int, text: str) -> bool:
        """Keeps a note; gives False when the item is gone. Raises BadWords."""
        words = cleaned(text).strip()
        if not words:
            raise BadWords("The note is empty.")
        if len(words) > LONGEST_NOTE:
            raise BadWords(f"A note has at most {LONGEST_NOTE:,} characters.")
        with self._database.write() as session:
            return item_events.note(session, answer_id, words, actor)


def tagged(label: str) -> str:
    """A tag as it is kept. Raises BadWords."""
    words = one_line(label).strip()
    if not words or len(words) > LONGEST_TAG:
        raise BadWords(f"A tag has one to {LONGEST_TAG} characters.")
    return words


def _told(act: ItemAct, actor: str, assignee: str | None, others: Sequence[EventRecord], names: Names) -> str:
    """What others did with an item since it was shown, and who has taken it."""
    last: dict[str, EventRecord] = {one.kind: one for one in others if one.kind == act.kind}
    if act.kind == "status" and (back := [one for one in others if one.kind == "reopened"]):
        return f"It had come back meanwhile: its reader {back[-1].detail.partition('>')[2]}. See what they say."
    if act.kind in last:
        other = last[act.kind]
        value = other.detail.partition(">")[2]
        became = names.of(value) if value else "nobody"
        if act.kind == "status":
            became = STATUS_WORDS[cast(ItemStatus, value)]
        return f"{names.of(other.actor)} had set this to {became} meanwhile. Yours stands now; the history shows both."
    if assignee not in (None, actor) and act.kind == "status":
        return f"{names.of(assignee)} has taken this one, and sees in its history what you did."
    return ""
