"""What takes seconds to load, loaded behind the page: models, guard, embedding model and vector index.

Until a part is there, the app does without it or waits visibly: search goes by words alone, a model's draft waits
for its validation.
"""

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Literal, TypeVar

from guards.answer import AnswerGuard
from rag.models.chat import ChatModel
from rag.retrieval.embedding import Embedder
from rag.retrieval.search import Meaning

PartState = Literal["warming", "ready", "failed", "elsewhere"]
T = TypeVar("T")
log = logging.getLogger(__name__)


class Warmup:
    """Loads the parts one after another in a thread of its own, the one a question needs first in front."""

    def __init__(
        self,
        *,
        models: Callable[[], Sequence[ChatModel]],
        guard: Callable[[], AnswerGuard],
        meaning: Callable[[], Meaning] | None,
    ) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warmup")
        self._build_meaning = meaning
        self._start = threading.Event()
        self._models = self._load("models", models)
        self._meaning: Future[Meaning] | None = self._load("meaning", meaning) if meaning else None
        self._guard = self._load("guard", guard)
        self._thread.submit(_settle)

    def start(self) -> None:
        """Begins to load. Until then nothing heavy is imported."""
        self._start.set()

    def models(self) -> Sequence[ChatModel]:
        """Waits for the configured models."""
        self.start()
        return self._models.result()

    def guard(self) -> AnswerGuard:
        """Waits for the validation of drafts."""
        self.start()
        return self._guard.result()

    def meaning(self) -> Meaning | None:
        """Does not wait: None while search by meaning warms up, is out of order or belongs to another process."""
        future = self._meaning
        return future.result() if future and future.done() and not future.exception() else None

    def embedder(self) -> Embedder | None:
        meaning = self.meaning()
        return meaning.embedder if meaning else None

    def wait_for_meaning(self) -> Meaning | None:
        """Waits until search by meaning is there or has failed."""
        self.start()
        if self._meaning is None:
            return None
        self._meaning.exception()
        return self.meaning()

    def report_damage(self) -> None:
        """The vector index does not answer: search goes on by words, and the index is opened again."""
        if self._build_meaning is not None and self.meaning() is not None:
            self._meaning = self._load("meaning", self._build_meaning)

    def states(self) -> dict[str, PartState]:
        """Each part's state."""
        meaning: PartState = _state(self._meaning) if self._meaning else "elsewhere"
        return {"models": _state(self._models), "guard": _state(self._guard), "meaning": meaning}

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._start.set()

    def _load(self, name: str, build: Callable[[], T]) -> "Future[T]":
        def run() -> T:
            self._start.wait()
            try:
                return build()
            except Exception:
                log.exception("The part %r could not be loaded", name)
                raise

        return self._thread.submit(run)


def _state(future: "Future[T]") -> PartState:
    if not future.done():
        return "warming"
    return "failed" if future.exception() else "ready"


def _settle() -> None:
    """Takes what was loaded out of the garbage collector's sight: its pauses were the worst lag of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
