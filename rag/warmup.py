"""What takes seconds to load, loaded behind the page: models, guard, embedding model and vector index.

Until a part is there, the app does without it or waits visibly: search goes by words alone, a model's draft waits
for its validation.
"""

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from types import NoneType
from typing import Literal, TypeVar

from guards.answer import AnswerGuard
from rag.cancellation import Cancellation
from rag.models.line import Line
from rag.problems import Kind, PartMissing
from rag.retrieval.embedding import Embedder, ModelMissing, Vector
from rag.retrieval.search import Meaning

AGAIN_S = 60.0  # after search by meaning could not be opened: the disk was full, the server of the vectors not there
NOTICE_S = 0.2  # how soon a wait for a part notices that the reader stopped the answer
PartState = Literal["warming", "ready", "failed", "elsewhere"]
T = TypeVar("T")
log = logging.getLogger(__name__)


class Warmup:
    """Loads the parts one after another in a thread of its own, the one a question needs first in front.

    Without a model there are no drafts to validate: then `guard_at_once` is off, and the guard comes when asked for.
    """

    def __init__(
        self,
        *,
        models: Callable[[], Sequence[Line]],
        guard: Callable[[], AnswerGuard],
        meaning: Callable[[], Meaning] | None,
        guard_at_once: bool = True,
    ) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warmup")
        self._build_meaning = meaning
        self._start = threading.Event()
        self._repairing = threading.Lock()
        self._closed = False
        self._later: threading.Timer | None = None
        self._again: threading.Timer | None = None
        self._models = self._load("models", models)
        self._build_guard = guard
        self._guard: Future[AnswerGuard] | None = None
        if guard_at_once:  # before meaning: a draft waits for it, a search does not wait
            self._guard = self._load("guard", guard)
        self._meaning = self._load_meaning(meaning) if meaning else None
        self._thread.submit(_settle)

    def start(self, *, after_s: float = 0) -> None:
        """Begins to load, at once or later. Until then nothing heavy is imported."""
        if after_s:
            self._later = threading.Timer(after_s, self._start.set)
            self._later.daemon = True
            self._later.start()
        else:
            self._start.set()

    def models(self, cancellation: Cancellation) -> Sequence[Line]:
        """Waits for the configured models. Raises PartMissing, Cancelled."""
        return self._wait(self._models, cancellation)

    def guard(self, cancellation: Cancellation) -> AnswerGuard:
        """Waits for the validation of drafts. Raises PartMissing, Cancelled."""
        with self._repairing:
            self._guard = self._guard or self._load("guard", self._build_guard)
        return self._wait(self._guard, cancellation)

    def meaning(self) -> Meaning | None:
        """Does not wait: None while search by meaning warms up, is out of order or belongs to another process."""
        future = self._meaning
        return future.result() if future and _state(future) == "ready" else None

    def why_no_meaning(self) -> Kind:
        """The problem behind search by words alone."""
        kinds: dict[PartState, Kind] = {"warming": "vectors_warming", "failed": "vectors_damaged"}
        missing = self._meaning is not None and _failed_by(self._meaning, ModelMissing)
        return "vectors_elsewhere" if missing else kinds.get(self.states()["meaning"], "vectors_elsewhere")

    def embedder(self) -> Embedder | None:
        meaning = self.meaning()
        return meaning.embedder if meaning else None

    def embed(self, texts: Sequence[str]) -> Sequence[Vector] | None:
        """Does not wait: None while the embedding model warms up."""
        embedder = self.embedder()
        return embedder.passages(texts) if embedder else None

    def wait_for_meaning(self) -> Meaning | None:
        """Waits until search by meaning is there or has failed."""
        self.start()
        if self._meaning is None:
            return None
        self._meaning.exception()
        return self.meaning()

    def put_meaning(self, meaning: Meaning) -> None:
        """From now on search by meaning goes by this index and model."""
        there: Future[Meaning] = Future()
        there.set_result(meaning)
        with self._repairing:
            self._meaning = there

    def report_damage(self, broken: Meaning) -> None:
        """This vector index does not answer: search goes on by words, and the index is opened again."""
        with self._repairing:
            if self._build_meaning is None or self.meaning() is not broken:
                return  # somebody else reported it, and it may be mended already
            build = self._build_meaning

            def reopened() -> Meaning:
                broken.index.close()
                return build()

            self._meaning = self._load_meaning(reopened)

    def states(self) -> dict[str, PartState]:
        """The state of each part that is wanted."""
        meaning: PartState = _state(self._meaning) if self._meaning else "elsewhere"
        guard: dict[str, PartState] = {"guard": _state(self._guard)} if self._guard else {}
        return {"models": _state(self._models), **guard, "meaning": meaning}

    def close(self) -> None:
        self._closed = True
        if meaning := self.meaning():
            meaning.index.close()
        for timer in filter(None, (self._later, self._again)):
            timer.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._start.set()

    def _wait(self, part: "Future[T]", cancellation: Cancellation) -> T:
        self.start()
        while not part.done():
            cancellation.check()
            wait([part], timeout=NOTICE_S)
        if part.cancelled() or part.exception():
            raise PartMissing
        return part.result()

    def _load_meaning(self, build: Callable[[], Meaning]) -> "Future[Meaning]":
        future = self._load("meaning", build)
        future.add_done_callback(self._plan_another_try)
        return future

    def _plan_another_try(self, tried: "Future[Meaning]") -> None:
        if self._closed or tried.cancelled() or isinstance(tried.exception(), ModelMissing | NoneType):
            return  # a model does not come by itself
        self._again = threading.Timer(AGAIN_S, self._try_again)
        self._again.daemon = True
        self._again.start()

    def _try_again(self) -> None:
        with self._repairing:
            if not self._closed and self._build_meaning and self._meaning and _state(self._meaning) == "failed":
                self._meaning = self._load_meaning(self._build_meaning)

    def _load(self, name: str, build: Callable[[], T]) -> "Future[T]":
        def run() -> T:
            self._start.wait()
            try:
                return build()
            except Exception:
                if not self._closed:
                    log.exception("The part %r could not be loaded", name)
                raise

        return self._thread.submit(run)


def _state(future: "Future[T]") -> PartState:
    if not future.done():
        return "warming"
    return "failed" if future.cancelled() or future.exception() else "ready"


def _failed_by(future: "Future[T]", kind: type[Exception]) -> bool:
    return future.done() and not future.cancelled() and isinstance(future.exception(), kind)


def _settle() -> None:
    """Takes what was loaded out of the garbage collector's sight: its pauses were the worst lag of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
