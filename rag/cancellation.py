"""Stop: an explicit act of the reader, seen at once by whatever waits for a model."""

import threading
from collections.abc import Callable

from rag.types import Answer


class Cancelled(Exception):
    """The reader stopped the answer; `partial` is what there is of it, once a writer has begun."""

    partial: Answer | None = None


class Cancellation:
    """Cancelled at most once, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wake: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def cancel(self) -> None:
        with self._lock:
            self._cancelled = True
            wake, self._wake = self._wake, []
        for call in wake:
            call()

    def on_cancel(self, call: Callable[[], None]) -> None:
        """Has `call` made on cancelling; at once when that has happened."""
        with self._lock:
            if not self._cancelled:
                self._wake.append(call)
                return
        call()

    def check(self) -> None:
        """Raises Cancelled when it is."""
        if self._cancelled:
            raise Cancelled
