"""Training data: examples drawn from the store a portion at a time, kept once each, split by reader."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from guards.personal.seen import KINDS, Kind
from rag.exports.duplicates import Duplicates
from rag.exports.examples import PRODUCTION, Example, Sources, pair, single
from rag.exports.replies import Dropped, place_of
from rag.exports.values import Values
from rag.settings import Settings
from store import prompts, texts, training
from store.engine import Database
from store.records import ItemFilter, Spoken, TrainingBy, TrainingForm

PORTION = 100  # answers with their passages: about a megabyte
Split = Literal["train", "validation"]


@dataclass(frozen=True, slots=True)
class TrainingWanted:
    """Which training data."""

    form: TrainingForm
    by: TrainingBy
    filter: ItemFilter = field(default=ItemFilter())
    names: bool = True  # mask names of people; they are the surest to be wrong, and found in documents of all kinds
    validation: float = 0.1  # share of the readers whose examples are held out

    @property
    def kinds(self) -> frozenset[Kind]:
        """What is masked."""
        return frozenset(KINDS) - (frozenset() if self.names else {"name"})

    @property
    def pairs(self) -> bool:
        return self.form == "preference"


@dataclass(slots=True)
class Draw:
    """One pass over the answers that could be used. `looked_at` and `dropped` fill while `examples` are taken."""

    database: Database
    settings: Settings
    wanted: TrainingWanted
    at_most: int | None = None  # answers to look at; None: all
    judge: str = ""  # whose verdicts count, where a judge's do
    looked_at: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    _duplicates: Duplicates = field(default_factory=Duplicates)
    _values: Values = field(init=False)

    def __post_init__(self) -> None:
        self._values = Values(self.wanted.kinds)

    def count(self) -> int:
        """How many answers could be used, before anything is left out. Raises Unavailable."""
        with self.database.read() as session:
            wanted = self.wanted
            return training.count(
                session, wanted.filter, wanted.by, pairs=wanted.pairs, since=self._since, judge=self.judge
            )

    def examples(self) -> Iterator[Example]:
        """What is left, in the order of the answers. Raises Unavailable."""
        after = 0
        while True:
            portion, others, sources = self._portion(after)
            for spoken in portion:
                if self.looked_at == self.at_most:
                    return
                self.looked_at += 1
                if made := self._made(spoken, others, sources):
                    yield made
            if len(portion) < PORTION:
                return
            after = portion[-1].answer_id

    @property
    def _since(self) -> datetime | None:
        """What is older is about to be deleted."""
        days = self.settings.retention.days
        return datetime.now(UTC) - timedelta(days=days) if days else None

    def _portion(self, after: int) -> tuple[list[Spoken], dict[int, Spoken], Sources]:
        wanted = self.wanted
        with self.database.read() as session:
            portion = training.spoken(
                session,
                wanted.filter,
                wanted.by,
                pairs=wanted.pairs,
                after=after,
                limit=PORTION,
                since=self._since,
                judge=self.judge,
            )
            others = training.of_ids(session, [one.better_id for one in portion if one.better_id])
            everything = [kept for one in [*portion, *others.values()] for kept in one.passages]
            known = training.prompts(session)
            now = prompts.labelled(session, "answer")
            sources = Sources(
                self.settings.brand.name,
                known | ({PRODUCTION: now.text} if now else {}),
                texts.spans(session, {place_of(kept) for kept in everything}),
                training.closed(session, {chunk for kept in everything for chunk in kept["chunk_ids"]}),
                self._values,
                self._duplicates,
            )
        return portion, others, sources

    def _made(self, spoken: Spoken, others: dict[int, Spoken], sources: Sources) -> Example | None:
        try:
            if self.wanted.pairs:
                return pair(spoken, others.get(spoken.better_id or 0), self.wanted.by, sources)
            return single(spoken, self.wanted.by, sources)
        except Dropped as reason:
            self.dropped[str(reason)] = self.dropped.get(str(reason), 0) + 1
            return None


def split(person_id: str, validation: float) -> Split:
    """Where a reader's examples go: always to the same side, so that no reader is on both, in no two exports."""
    drawn = int.from_bytes(hashlib.sha256(f"split {person_id}".encode()).digest()[:8]) / 2**64
    return "validation" if drawn < validation else "train"
