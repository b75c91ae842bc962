"""One answer being written: its work, and the snapshot that any page watches."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.cancellation import Cancellation
from rag.events import Event
from rag.types import Answer

Step = Literal["queued", "checking", "searching", "reading", "writing", "mending", "saving", "done"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A job as it stands: what a page draws."""

    text: str = ""
    step: Step = "queued"
    passages: int = 0
    trouble: str | None = None  # why another writer went on, the first time; see rag/problems
    place: int = 0  # in the queue, 1 is next; 0: it does not wait
    version: int = 0

    @property
    def done(self) -> bool:
        return self.step == "done"


@dataclass(frozen=True, slots=True)
class Work:
    """What a job does: its events, and how its end is kept."""

    events: Callable[[Cancellation], Iterator[Event]]
    finish: Callable[["Job", Answer | None], None]  # None: stopped before a word, or a bug; raises Unavailable
    after: Callable[["Job", Answer | None], None] = lambda _, __: None  # when all know that it has ended


@dataclass(eq=False)
class Job:
    """One answer being written."""

    message_id: int
    person: str  # whose answer it is
    work: Work
    stopped: bool = False
    interrupted: bool = False  # the process ends before it has its end
    saved: int = 0  # the version whose text is stored
    cancellation: Cancellation = field(default_factory=Cancellation)
    snapshot: Snapshot = field(default_factory=Snapshot)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _watchers: list[Callable[[], None]] = field(default_factory=list)

    def wait(self, seen: int, timeout_s: float) -> Snapshot:
        """The snapshot once it is newer than `seen`, or as it is after the time."""
        with self._changed:
            self._changed.wait_for(lambda: self.snapshot.version > seen or self.snapshot.done, timeout_s)
            return self.snapshot

    def watch(self, call: Callable[[], None]) -> None:
        """Has `call` made after each change, in the job's thread: it must be quick and raise nothing."""
        self._watchers.append(call)

    def take(self, event: Event) -> None:
        """Draws an event into the snapshot."""
        match event.kind:
            case "checked":
                self._change(step="searching")
            case "retrieved":
                self._change(step="reading", passages=len(event.retrieval.passages))
            case "writing":
                self._change(step="writing" if event.attempt == 1 else "mending")
            case "text_delta":
                self._change(text=self.snapshot.text + event.text)
            case "handed_over":
                self._change(trouble=self.snapshot.trouble or event.problem)  # one line, however many hand over
            case "revised":
                self._change(text=event.text)

    def move(self, place: int) -> None:
        """Its place in the queue has changed."""
        if place != self.snapshot.place:
            self._change(place=place)

    def saving(self, text: str | None) -> None:
        """The answer is whole, but cannot be stored yet."""
        self._change(step="saving", text=self.snapshot.text if text is None else text)

    def end(self) -> None:
        """The end is stored: watchers read it from there."""
        self._change(step="done")

    def _change(self, **changes: object) -> None:
        with self._changed:
            self.snapshot = replace(self.snapshot, version=self.snapshot.version + 1, **changes)  # type: ignore[arg-type]
            self._changed.notify_all()
        for call in self._watchers:
            call()
