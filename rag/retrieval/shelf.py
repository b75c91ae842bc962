"""What SQL remembers of the vector indexes: which one answers, which stood before it, and what is wished for."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

from rag.retrieval.vectors import COLLECTION
from rag.settings import Embedding
from store import chunks, facts
from store.engine import Database

FACT = "vectors"
# Anew with a comparison, anew without one, or back to the index before.
Wish = Literal["build", "force", "rollback"]


@dataclass(frozen=True, slots=True)
class Made:
    """An index: the name of its collection, and the settings of the model its vectors are made with."""

    collection: str
    embedding: Embedding


@dataclass(frozen=True, slots=True)
class Shelf:
    """The indexes there are."""

    active: Made
    previous: Made | None = None
    refused: Embedding | None = None  # the model that was turned down: not built again until the settings change
    asked: Wish | None = None
    outcome: dict[str, Any] | None = None  # of the last comparison

    @property
    def sentence(self) -> str:
        """What search by meaning goes by, and how that came about."""
        words = f"Search by meaning goes by {self.active.embedding.model}."
        if self.outcome is not None:
            found = "{after} of {cases} known questions found by the new index, {before} by the old one".format_map(
                self.outcome
            )
            words += f" Last comparison: {found}; the {'new' if self.outcome['switched'] else 'old'} one answers."
        if self.previous is not None:
            words += f" The index before it ({self.previous.embedding.model}) is kept: footnote reindex --rollback."
        return words


def read_shelf(database: Database, wanted: Embedding) -> Shelf:
    """The indexes of a house whose settings name this model. Raises Unavailable."""
    with database.read() as session:
        return as_shelf(facts.get(session, FACT), partial(chunks.embedded_count, session), wanted)


def as_kept(shelf: Shelf) -> dict[str, Any]:
    """What SQL keeps of them."""
    told = asdict(shelf)
    for place in ("active", "previous"):
        made: Made | None = getattr(shelf, place)
        told[place] = {"collection": made.collection, "embedding": made.embedding.model_dump()} if made else None
    return told | {"refused": shelf.refused.model_dump() if shelf.refused else None}


def as_shelf(kept: dict[str, Any] | None, embedded: Callable[[], int], wanted: Embedding) -> Shelf:
    """What SQL kept; `embedded` counts the chunks with vectors, should nothing be kept yet."""
    if kept is None:  # an index from before there was a choice is the carried model's
        return Shelf(Made(COLLECTION, Embedding() if embedded() else wanted))
    refused = kept["refused"]
    return Shelf(
        _made(kept["active"]),
        _made(kept["previous"]) if kept["previous"] else None,
        Embedding(**refused) if refused else None,
        kept["asked"],
        kept["outcome"],
    )


def _made(kept: dict[str, Any]) -> Made:
    return Made(kept["collection"], Embedding(**kept["embedding"]))
