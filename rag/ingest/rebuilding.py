"""The vector index built anew beside the one that answers: from SQL, a batch at a time, then compared and switched.

Because the settings name another model, or because somebody asked for it. A process that dies goes on where it was.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from rag.ingest.indexing import BATCH, embedded_text
from rag.retrieval.comparison import compare
from rag.retrieval.embedding import ModelMissing
from rag.retrieval.indexes import Indexes
from rag.retrieval.mending import drop_strays
from rag.retrieval.search import Meaning
from rag.retrieval.shelf import Made
from rag.retrieval.vectors import Damaged
from rag.settings import Retrieval as Limits
from store import chunks
from store.engine import Database
from store.records import CaseRecord

log = logging.getLogger(__name__)


class Holder(Protocol):
    """Holds what search by meaning goes by."""

    def meaning(self) -> Meaning | None: ...
    def put_meaning(self, meaning: Meaning) -> None: ...


@dataclass
class _Building:
    """An index that is being filled."""

    made: Made
    meaning: Meaning
    there: set[int]  # chunks that had their vector when this process began
    reached: int = 0  # the last chunk that was looked at
    done: int = 0


class Rebuilding:
    """Builds when it has to. `step` is one piece of work, for the thread that embeds chunks."""

    def __init__(
        self,
        database: Database,
        indexes: Indexes,
        limits: Limits,
        holder: Holder,
        *,
        more_cases: Callable[[], Sequence[CaseRecord]] = tuple,
    ) -> None:
        self._database = database
        self._indexes = indexes
        self._limits = limits
        self._holder = holder
        self._more_cases = more_cases  # beside those of the answers given so far
        self._building: _Building | None = None
        self.problem: str | None = None  # why it cannot be built

    def progress(self) -> tuple[int, int] | None:
        """Chunks done and chunks in all; None while nothing is built."""
        if self._building is None:
            return None
        with self._database.read() as session:
            return self._building.done, chunks.count(session)

    def step(self) -> bool:
        """Does the next piece of work; False when there is none. Raises Unavailable, Damaged."""
        now = self._holder.meaning()
        if now is None:
            return False
        if self._building is not None:
            self._build(now, self._building)
            return True
        wish = self._indexes.wish()
        if wish == "rollback":
            self._holder.put_meaning(self._indexes.roll_back(now))
        elif wish is None or self.problem is not None:
            return False
        else:
            self._begin(now)
        return True

    def _build(self, now: Meaning, building: _Building) -> None:
        try:
            if not self._fill(building):
                self._decide(now, building)
        except Damaged:
            self._building = None  # begun again where it was, with the client that is open then
            raise

    def _begin(self, now: Meaning) -> None:
        wanted = self._indexes.wanted
        try:
            same = wanted.space == self._indexes.shelf().active.embedding.space
            model = now.embedder if same else self._indexes.embedder(wanted)
        except ModelMissing as trouble:
            log.error("The vector index stays as it is: %s", trouble)
            self.problem = str(trouble)
            return
        made = self._indexes.place_for(wanted, now.index)
        index = now.index.beside(made.collection)
        log.info("Building the vector index anew, for the model %s", model.name)
        self._building = _Building(made, Meaning(model, index), index.ids())

    def _fill(self, building: _Building) -> bool:
        """Embeds the next chunks; False when all are there."""
        with self._database.read() as session:
            following = chunks.after(session, building.reached, BATCH)
        if not following:
            return False
        missing = [chunk for chunk in following if chunk.id not in building.there]
        if missing:
            vectors = building.meaning.embedder.passages([embedded_text(chunk) for chunk in missing])
            building.meaning.index.add([chunk.id for chunk in missing], vectors)
        building.reached, building.done = following[-1].id, building.done + len(following)
        return True

    def _decide(self, now: Meaning, building: _Building) -> None:
        """Switches, unless the new index finds less than the old one did and nobody insists."""
        drop_strays(self._database, building.meaning.index)
        compared = compare(self._database, self._limits, (now, building.meaning), self._more_cases())
        good = self._indexes.shelf().asked == "force" or not compared.is_worse
        outcome = {**asdict(compared), "model": building.meaning.embedder.name, "switched": good}
        self._building = None
        if good:
            self._indexes.switch(building.made, building.meaning, outcome)
            self._holder.put_meaning(building.meaning)
            log.info("The new vector index answers now: %s", outcome)
        else:
            log.warning("The new vector index finds less than the old one, which stays: %s", outcome)
            self._indexes.refuse(building.made, now.index, outcome)
