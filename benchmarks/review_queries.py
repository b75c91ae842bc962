"""What the analysts' pages ask of the store: each step as its page takes it, on a desk that has kept nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rag import quality
from rag.desk import Desk
from rag.exports.exports import FeedbackWanted
from store.models import now
from store.records import ItemFilter
from store.records.auditing import AuditFilter
from store.records.inbox import ItemOrder

PERSON = "analyst"
PER_PAGE = 25
INBOX, OVERVIEW, TOPICS, MONEY, OUTCOMES, LOG, EXPORTS = (
    "Review, inbox",
    "Quality, overview",
    "Quality, topics",
    "Quality, build or buy",
    "Review, outcomes",
    "Review, log",
    "Review, exports",
)


@dataclass(frozen=True, slots=True)
class Query:
    """A step of a page."""

    page: str
    what: str
    ask: Callable[[Desk], object]


def steps(item: int, document: int, word: str) -> Sequence[Query]:
    """All of them; the item, the document and the word are looked for where one of these is."""
    week = now().date() - timedelta(days=7)
    filters = {
        "all": ItemFilter(),
        "thumbs down": ItemFilter(rating=-1),
        "thumbs down of a week": ItemFilter(rating=-1, since=week),
        "one reason": ItemFilter(reason="Wrong source"),
        "one action": ItemFilter(signal="rephrased"),
        "unsupported": ItemFilter(support="unsupported"),
        "one guard": ItemFilter(guard="injection"),
        "one document": ItemFilter(document=document),
        "fixed": ItemFilter(status="fixed"),
        "a word": ItemFilter(words=word),
        "a word that is nowhere": ItemFilter(words="xylophone"),
        "a word, thumbs down, of a week": ItemFilter(words=word, rating=-1, since=week),
    }
    orders: tuple[ItemOrder, ...] = ("newest", "oldest", "support", "slowest", "dearest")
    listed = [Query(INBOX, f"first page: {name}", _page(fitting)) for name, fitting in filters.items()]
    listed += [Query(INBOX, f"first page, {order}", _page(ItemFilter(), order)) for order in orders]
    return [
        *listed,
        Query(INBOX, "page 2,000", _page(ItemFilter(), offset=2000 * PER_PAGE)),
        Query(INBOX, "what to filter by", lambda desk: desk.inbox.options()),
        Query(INBOX, "one item whole", lambda desk: desk.inbox.item(PERSON, item)),
        Query(INBOX, "what was made of it", lambda desk: desk.outcomes.of(PERSON, item)),
        *(
            Query(OVERVIEW, f"{days or 'all'} days", _picture(days))
            for days in (*quality.DAYS, 0)
        ),
        Query(OVERVIEW, "90 days by prompt", lambda desk: desk.quality.groups(quality.last(90), "prompt")),
        Query(OVERVIEW, "90 days by writer", lambda desk: desk.quality.groups(quality.last(90), "writer")),
        Query(OVERVIEW, "90 days by document", lambda desk: desk.quality.groups(quality.last(90), "document")),
        Query(OVERVIEW, "90 days by topic", lambda desk: desk.quality.groups(quality.last(90), "topic")),
        Query(OVERVIEW, "90 days, a line a version", lambda desk: desk.quality.lines(quality.last(90), "prompt", ())),
        Query(TOPICS, "30 days", lambda desk: desk.topics.picture(30)),
        Query(TOPICS, "what is missing, 90 days", lambda desk: desk.topics.gaps(90)),
        Query(MONEY, "365 days", lambda desk: desk.economics.picture(365)),
        Query(OUTCOMES, "tasks, cases, verified answers", _outcomes),
        Query(LOG, "first page", lambda desk: desk.audit.page(AuditFilter(), limit=PER_PAGE)),
        Query(EXPORTS, "count and preview", _exports),
    ]  # fmt: skip


def _page(fitting: ItemFilter, order: ItemOrder = "worth", offset: int = 0) -> Callable[[Desk], object]:
    return lambda desk: desk.inbox.browse(PERSON, fitting, order, limit=PER_PAGE, offset=offset)


def _picture(days: int) -> Callable[[Desk], object]:
    return lambda desk: desk.quality.picture(quality.last(days))


def _outcomes(desk: Desk) -> object:
    return desk.tasks.listing(), desk.cases.listing(limit=PER_PAGE), desk.verified.listing()


def _exports(desk: Desk) -> object:
    wanted = FeedbackWanted("csv", ItemFilter(rating=-1))
    return desk.exports.count(wanted, PERSON), desk.exports.preview(wanted, PERSON)
