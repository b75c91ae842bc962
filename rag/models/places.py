"""Places at a model: how many requests it gets side by side from this process."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rag.cancellation import Cancellation
from rag.models.trouble import ModelTrouble

WAIT_S = 2.0  # for a place; then the next model is asked
NOTICE_S = 0.05  # how soon a wait notices that the reader stopped the answer


class Places:
    """So many requests at once."""

    def __init__(self, count: int) -> None:
        self._free = threading.BoundedSemaphore(count)

    @contextmanager
    def one(self, cancellation: Cancellation, *, patience_s: float) -> Iterator[None]:
        """A place, for as long as the context lasts. Raises ModelTrouble, Cancelled."""
        deadline = time.monotonic() + min(WAIT_S, patience_s)
        while not self._free.acquire(timeout=NOTICE_S):
            cancellation.check()
            if time.monotonic() > deadline:
                raise ModelTrouble("model_busy", "all places were taken")
        try:
            yield
        finally:
            self._free.release()
