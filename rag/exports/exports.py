"""Exports: what is chosen, counted and looked at on the page, and made when it is fetched."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO

from rag.exports import feedback
from rag.exports.feedback import FeedbackFormat
from rag.exports.judging import Judging
from rag.exports.packing import PIECE, pack, packed
from rag.exports.run import Asking
from rag.exports.training import Draw, TrainingWanted
from rag.review import wanted as filters
from rag.review.audit import Audit
from rag.review.masking import Masking
from rag.settings import Settings
from store import inbox
from store.engine import Database
from store.records import ItemFilter

PREVIEWED = 3
LOOKED_AT = 50  # answers for a preview of training data: a page waits for it
OFFERS = 500  # kept at once; the oldest goes
MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "zip": "application/zip"}


@dataclass(frozen=True, slots=True)
class FeedbackWanted:
    """Which feedback, as what."""

    form: FeedbackFormat
    filter: ItemFilter = field(default=ItemFilter())


Wanted = FeedbackWanted | TrainingWanted


@dataclass(frozen=True, slots=True)
class Download:
    """A file in the making: its bytes are made while they are read, and it is to be closed when nobody reads on.

    Reading raises Unavailable, OSError; what was read until then is no whole file.
    """

    name: str
    media: str
    pieces: Generator[bytes, None, object]


class Exports:
    """Makes files for analysts. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(
        self, settings: Settings, database: Database, masking: Masking, audit: Audit, asking: Asking | None = None
    ) -> None:
        self._settings = settings
        self._database = database
        self._masking = masking
        self._audit = audit
        self.judging = Judging(settings, database, *(asking or ()))  # a model, where one judges
        self._lock = threading.Lock()
        self._offers: OrderedDict[tuple[Wanted, str], str] = OrderedDict()  # the latest last

    def close(self) -> None:
        """Ends what is done behind the page."""
        self.judging.close()

    def count(self, wanted: Wanted, person: str) -> int:
        """How many answers this person has to choose from; training data leaves some of them out."""
        wanted = self._asked(wanted, person)
        if isinstance(wanted, TrainingWanted):
            return self._draw(wanted).count()
        with self._database.read() as session:
            return inbox.count(session, wanted.filter)

    def preview(self, wanted: Wanted, person: str) -> list[dict[str, Any]]:
        """The first rows, as they will stand in the file; of training data what the first answers give."""
        rows = list(islice(self._rows(wanted, person, at_most=LOOKED_AT), PREVIEWED))
        if rows:
            self._audit.listed(person, f"preview of {_in_words(wanted)}")
        return rows

    def offer(self, wanted: Wanted, person: str) -> str:
        """A ticket for whoever sees the page: the file is made when somebody comes with it."""
        with self._lock:
            ticket = self._offers.setdefault((wanted, person), secrets.token_urlsafe(18))
            self._offers.move_to_end((wanted, person))
            while len(self._offers) > OFFERS:
                self._offers.popitem(last=False)
        return ticket

    def fetch(self, ticket: str, person: str | None = None) -> Download | None:
        """What a ticket is for; None: it is none, too old, or somebody else's than who comes with it, if that is known.

        A browser that keeps no cookies says nobody's name.
        """
        with self._lock:
            offered = next((one for one, known in self._offers.items() if known == ticket), None)
        if offered is None or (person is not None and person != offered[1]):
            return None
        return self.download(*offered)

    def download(self, wanted: Wanted, person: str) -> Download:
        """The file. `person` is who gets it: personal data is hidden as they may see it."""
        kind, form = ("training", "zip") if isinstance(wanted, TrainingWanted) else ("feedback", wanted.form)
        name = f"footnote-{kind}-{datetime.now(UTC):%Y-%m-%d}.{form}"
        return Download(name, MEDIA[form], self._pieces(wanted, person))

    def pack(self, wanted: TrainingWanted, person: str, out: BinaryIO) -> dict[str, Any]:
        """Writes training data as a zip; gives the manifest in it. Raises OSError, too."""
        self._audit.note(person, "exported", detail=_in_words(wanted))
        return pack(self._draw(replace(wanted, filter=self._masking.asked(person, wanted.filter))), out)

    def _pieces(self, wanted: Wanted, person: str) -> Generator[bytes, None, None]:
        self._audit.note(person, "exported", detail=_in_words(wanted))
        if not isinstance(wanted, TrainingWanted):
            yield from _in_pieces(feedback.lines(self._rows(wanted, person), wanted.form))
            return
        yield b""  # the store has answered: a download begins, however long the first example takes
        yield from packed(self._draw(replace(wanted, filter=self._masking.asked(person, wanted.filter))))

    def _draw(self, wanted: TrainingWanted, at_most: int | None = None) -> Draw:
        judge = self.judging.judge() if wanted.by == "judge" else ""
        return Draw(self._database, self._settings, wanted, at_most=at_most, judge=judge)

    def _rows(self, wanted: Wanted, person: str, *, at_most: int | None = None) -> Iterator[dict[str, Any]]:
        wanted = self._asked(wanted, person)
        if isinstance(wanted, TrainingWanted):
            draw = self._draw(wanted, at_most)
            return (one.row(wanted.form) for one in draw.examples())
        return feedback.rows(self._database, wanted.filter, self._masking, person)

    def _asked(self, wanted: Wanted, person: str) -> Wanted:
        """What this person may ask for: a search finds no word that is hidden from them."""
        return replace(wanted, filter=self._masking.asked(person, wanted.filter))


def _in_words(wanted: Wanted) -> str:
    """What was asked for, for the audit log; of a search not its words, which may be somebody's."""
    if isinstance(wanted, TrainingWanted):
        told = [f"training data, {wanted.form} by {wanted.by}", *([] if wanted.names else ["names kept"])]
    else:
        told = [f"feedback, {wanted.form}"]
    return ", ".join([*told, *filters.told(wanted.filter)])


def _in_pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, fewer at a time cost more than they carry."""
    held = bytearray()
    for line in lines:
        held += line
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)
