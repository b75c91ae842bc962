"""Which vector index answers, which one stood before it, and which is being built beside it.

Each belongs to one embedding model with its prompts. SQL remembers them (rag/retrieval/shelf.py); the chunks' marks in
SQL speak of the index that answers.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any

from rag.retrieval.embedding import Embedder
from rag.retrieval.mending import mend_vectors
from rag.retrieval.search import Meaning
from rag.retrieval.shelf import FACT, Made, Shelf, Wish, as_kept, as_shelf, read_shelf
from rag.retrieval.vectors import COLLECTION, VectorIndex
from rag.settings import Embedding
from store import chunks, facts
from store.engine import Database


class Indexes:
    """The indexes of a house, for the process that owns them."""

    def __init__(
        self,
        database: Database,
        wanted: Embedding,
        *,
        embedder: Callable[[Embedding], Embedder],
        index: Callable[[str, int], VectorIndex],
    ) -> None:
        self._database = database
        self.wanted = wanted
        self.embedder = embedder
        self._index = index  # opens one, by collection and number of dimensions

    def open(self) -> Meaning:
        """The index that answers, with its model; takes seconds. Raises ModelMissing, Unavailable."""
        active = self._change(lambda shelf: shelf).active  # from now on known by the model it was made with
        model = self.embedder(active.embedding)
        index = self._index(active.collection, model.dimensions)
        mend_vectors(self._database, index)
        if self.wish() is None:
            self._drop_others(index)  # begun for a model that is not wanted any more
        return Meaning(model, index)

    def shelf(self) -> Shelf:
        """What is known of the indexes. Raises Unavailable."""
        return read_shelf(self._database, self.wanted)

    def _change(self, change: Callable[[Shelf], Shelf]) -> Shelf:
        """Remembers other indexes. One transaction: another process may ask for something at the same moment."""
        with self._database.write() as session:
            embedded = partial(chunks.embedded_count, session)
            shelf = change(as_shelf(facts.get(session, FACT), embedded, self.wanted))
            facts.put(session, FACT, as_kept(shelf))
        return shelf

    def wish(self) -> Wish | None:
        """What somebody asked for, or what the settings do by naming another model."""
        shelf = self.shelf()
        spaces = {embedding.space for embedding in (shelf.active.embedding, shelf.refused) if embedding}
        if shelf.asked is None and self.wanted.space not in spaces:
            return "build"
        return shelf.asked

    def ask(self, wish: Wish) -> None:
        """Has the index built anew or taken back, by whichever process owns it."""
        self._change(lambda shelf: replace(shelf, asked=wish))

    def place_for(self, embedding: Embedding, index: VectorIndex) -> Made:
        """Where an index for this model is built; what was begun for another one and given up is removed."""
        shelf = self.shelf()
        taken = {made.collection for made in (shelf.active, shelf.previous) if made}
        model = sha256(repr(embedding.space).encode()).hexdigest()[:12]
        name = next(name for n in range(3) if (name := f"{COLLECTION}-{model}-{n}") not in taken)
        self._drop_others(index, name)
        return Made(name, embedding)

    def _drop_others(self, index: VectorIndex, *wanted: str) -> None:
        """Removes the collections that are neither on the shelf nor wanted."""
        shelf = self.shelf()
        taken = {made.collection for made in (shelf.active, shelf.previous) if made}
        for left in index.collections() - taken - set(wanted):
            index.drop(left)

    def switch(self, new: Made, meaning: Meaning, outcome: dict[str, Any]) -> None:
        """Makes this index the one that answers; the one before it is kept, an older one removed.

        Known as such at the very end: whatever fails on the way, all of it can be done again.
        """
        oldest = self.shelf().previous
        if oldest and oldest.collection != new.collection:
            meaning.index.drop(oldest.collection)
        self._mark(meaning.index)
        self._change(lambda shelf: Shelf(active=new, previous=shelf.active, asked=_later(shelf), outcome=outcome))

    def refuse(self, made: Made, index: VectorIndex, outcome: dict[str, Any]) -> None:
        """Removes an index that was built and turned down; its model is not built again until the settings change."""
        self._change(lambda shelf: replace(shelf, refused=made.embedding, asked=_later(shelf), outcome=outcome))
        index.drop(made.collection)

    def roll_back(self, now: Meaning) -> Meaning:
        """Goes back to the index before, if there is one; the settings' model is not built again until they change."""
        shelf = self.shelf()
        if shelf.previous is None:
            self._change(lambda shelf: replace(shelf, asked=None))
            return now
        model = self.embedder(shelf.previous.embedding)
        meaning = Meaning(model, now.index.beside(shelf.previous.collection))
        self._mark(meaning.index)
        back = Shelf(active=shelf.previous, previous=shelf.active, refused=self.wanted)
        self._change(lambda _: back)
        return meaning

    def others(self, index: VectorIndex) -> list[VectorIndex]:
        """The index before, from which deleted chunks must go as well."""
        previous = self.shelf().previous
        return [index.beside(previous.collection)] if previous else []

    def _mark(self, index: VectorIndex) -> None:
        """Has the chunks' marks in SQL speak of this index."""
        there = index.ids()
        with self._database.read() as session:
            embedded, known = chunks.embedded_ids(session), chunks.ids(session)
        with self._database.write() as session:
            chunks.mark_embedded(session, sorted(embedded - there), embedded=False)
            chunks.mark_embedded(session, sorted((there & known) - embedded))
        mend_vectors(self._database, index)


def _later(shelf: Shelf) -> Wish | None:
    """What was asked for while an index was built, and is still to be done."""
    return "rollback" if shelf.asked == "rollback" else None
