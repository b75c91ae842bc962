"""What a report lists for somebody to do: items to read, replies owed, tasks, verified answers that expired.

Words that readers wrote are shown without personal data, whatever the settings say: a report is sent around.
"""

from datetime import date

from rag.digest.report import Line, Waiting
from rag.ingest.clean import one_line
from rag.review.veil import Veil
from rag.topics.gaps import Gap, gaps
from rag.topics.topics import MOST_MISSED
from store import digest, inbox, tasks, verified
from store import gaps as store_gaps
from store.engine import Database
from store.models import now
from store.records import TaskFilter
from store.records.inbox import ItemFilter, ItemRow

FEW = 10  # in a list
WORTH_IT = 5  # of reading: thumbs up alone are less, see store/item_columns.py
SHORT = 140  # characters of a question
MARKS = {
    "corrected": "corrected",
    "appealed": "refused, and its reader appeals",
    "down": "rated down",
    "up": "rated up",
    "unsupported": "has an unsupported sentence",
    "weak": "has a weak sentence",
    "not_found": "not in the documents",
    "failed": "failed",
    "stopped": "stopped",
}
SIGNALS = {"asked_again": "asked again", "rephrased": "rephrased", "left": "left at once"}


def worth_reading(database: Database, wanted: ItemFilter) -> Waiting:
    """Open items of these days, those first that are most worth it."""
    still_open = ItemFilter(since=wanted.since, until=wanted.until, status="new")
    with database.read() as session:
        count = inbox.count(session, still_open)
        rows = inbox.rows(session, inbox.ids(session, still_open, "worth", limit=FEW, few=True))
    return Waiting(count, tuple(_line(row) for row in rows if row.worth >= WORTH_IT))


def replies_owed(database: Database, first: date, last: date) -> Waiting:
    """Answers whose reader wrote a comment or a correction and heard nothing of it."""
    with database.read() as session:
        count, ids = digest.owed(session, first, last, FEW)
        rows = inbox.rows(session, ids)
    return Waiting(count, tuple(_line(row) for row in rows))


def missing(database: Database, first: date, last: date) -> Waiting:
    """What was asked in these days and not answered from the documents, first what most people asked."""
    with database.read() as session:
        missed = store_gaps.missed(session, first, last, MOST_MISSED)
    found = gaps(missed, now())
    return Waiting(len(found), tuple(_missing(one) for one in found[:FEW]))


def _missing(gap: Gap) -> Line:
    times = "once" if gap.times == 1 else f"{gap.times:,} times"
    people = "one person" if gap.people == 1 else f"{gap.people:,} people"
    showed = ((gap.not_found, "not found"), (gap.refused, "refused for nothing"), (gap.rated_down, "rated down"))
    told = [f"{count:,} {how}" for count, how in showed if count]
    return Line(_short(gap.asked[0].text), ", ".join([f"asked {times} by {people}", *told]), gap.asked[0].answer_id)


def open_tasks(database: Database) -> Waiting:
    """About the documents, whenever they were noted."""
    wanted = TaskFilter(status="open")
    with database.read() as session:
        found, count = tasks.page(session, wanted, limit=FEW), tasks.count(session, wanted)
    lines = (Line(_short(one.title), one.kind + (f": {one.document}" if one.document else "")) for one in found)
    return Waiting(count, tuple(lines))


def expired(database: Database, first: date, last: date) -> Waiting:
    """Verified answers that are not served any more since these days, because a source changed."""
    with database.read() as session:
        numbers = digest.expired(session, first, last)
        found = [one for number in numbers[:FEW] if (one := verified.get(session, number))]
    return Waiting(len(numbers), tuple(Line(_short(one.question), one.expired_why, one.message_id) for one in found))


def _line(row: ItemRow) -> Line:
    marks = [
        "appealed" if row.appealed else "",
        "corrected" if row.corrected else "",
        {1: "up", -1: "down"}.get(row.rating, ""),
        row.support or "",
        row.state,
    ]
    said = [label for kind, label in row.facets if kind == "reason"]
    done = [SIGNALS[label] for kind, label in row.facets if kind == "signal" and label in SIGNALS]
    why = [MARKS[mark] for mark in marks if mark in MARKS] + done
    return Line(_short(row.question), ", ".join(why) + (f" ({', '.join(said)})" if said else ""), row.id)


def _short(words: str) -> str:
    line = one_line(Veil([words]).text(words))
    return line if len(line) <= SHORT else line[:SHORT].rsplit(" ", 1)[0] + " …"
