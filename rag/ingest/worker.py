"""The worker of the process that owns the vector index: threads that read files, and one that embeds chunks.

Reading goes on while chunks are embedded, and a file that hangs in its parser holds up no other. Embedding gives way to
people who ask.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from rag.ingest import inspection
from rag.ingest.indexing import Indexing
from rag.ingest.library import Library
from rag.ingest.reading import Reading
from rag.ingest.rebuilding import Rebuilding
from store import entries
from store.engine import Database, Unavailable

POLL_S = 0.5  # how often to look for what other processes queued
REST_S = 2.0  # after trouble with the database or the index
IDLE_S = 30.0  # without a file, before a parser's process is let go
STAGGER_S = 5.0  # until the second reader begins: on two cores the first page comes first
GIVE_WAY_S = 2.0  # the longest that a batch waits for answers to end
log = logging.getLogger(__name__)


class Worker:
    """Works off the queue. `step` is one piece of work; `start` runs steps in threads until `close`."""

    def __init__(
        self,
        database: Database,
        library: Library,
        readings: Sequence[Reading],
        indexing: Indexing,
        rebuilding: Rebuilding,
        *,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._library = library
        self._readings = readings
        self.indexing = indexing
        self.rebuilding = rebuilding
        self._busy = busy
        self._closing = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def is_running(self) -> bool:
        return bool(self._threads)

    def start(self) -> None:
        readers = [partial(self._read, one, STAGGER_S if place else 0.0) for place, one in enumerate(self._readings)]
        tasks: list[Callable[[], None]] = [self._index, *readers]
        self._threads = [threading.Thread(target=task, name=f"ingest-{n}", daemon=True) for n, task in enumerate(tasks)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends after the steps at hand; a file being parsed is read again at the next start."""
        self._closing.set()
        self._library.changed.set()
        for reading in self._readings:
            reading.close()
        for thread in self._threads:
            thread.join(timeout=10)

    def recover(self) -> None:
        """Puts back what a process that died was reading, and deletes files that belong to nothing."""
        with self._database.write() as session:
            entries.requeue_unread(session)
            entries.prune(session)
        inspection.tidy(self._database, self._library)

    def step(self) -> bool:
        """Does the next piece of work; False when there is none. Raises Unavailable, Damaged."""
        return self._readings[0].step() or self._index_step()

    def _read(self, reading: Reading, after_s: float) -> None:
        self._closing.wait(after_s)
        idle_since = time.monotonic()
        while not self._closing.is_set():
            if self._done(reading.step):
                idle_since = time.monotonic()
            elif time.monotonic() - idle_since > IDLE_S:
                reading.rest()
                idle_since = time.monotonic()

    def _index(self) -> None:
        while not self._closing.is_set():
            self._give_way()
            self._done(self._index_step)

    def _index_step(self) -> bool:
        return self.indexing.step() or self.rebuilding.step()

    def _done(self, step: Callable[[], bool]) -> bool:
        """Takes a step, or rests when there is none to take or it failed."""
        try:
            worked = step()
        except (Unavailable, OSError) as trouble:
            # A disk that is full, a lock that is held: nothing that a trace every other second would make clearer.
            log.warning("The ingest worker rests: %s", trouble)
            self._closing.wait(REST_S)
            return False
        except Exception:
            if not self._closing.is_set():
                log.exception("The ingest worker rests after an error")
                self._closing.wait(REST_S)
            return False
        if not worked:
            self._library.changed.wait(POLL_S)
            self._library.changed.clear()
        return worked

    def _give_way(self) -> None:
        end = time.monotonic() + GIVE_WAY_S
        while self._busy() and time.monotonic() < end and not self._closing.is_set():
            self._closing.wait(0.05)
