"""A row of the list: the question, the first words of its answer, and what there is to know of it at a glance."""

from datetime import datetime

from pages.review import said
from rag.review.people import Names
from store.records.inbox import ItemRow
from ui.badges import Badge
from ui.rows import Row
from ui.words import ago

NO_WORDS = "(no words)"


def of(row: ItemRow, names: Names, now: datetime) -> Row:
    who = [Badge(names.of(row.assignee), icon="person")] if row.assignee else []
    last = Badge(" · ".join(filter(None, (row.writer, ago(row.created_at, now)))))
    badges = (said.status(row.status), *who, *said.badges(row), last)
    return Row(row.id, row.question or NO_WORDS, row.answer or NO_WORDS, badges)
