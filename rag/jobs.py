"""Answers are written by jobs in worker threads that belong to no browser connection.

Any number of pages watch a job. The text so far is saved to SQL twice a second, for all jobs in one transaction.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.cancellation import Cancellation, Cancelled
from rag.events import Event
from rag.types import Answer
from store.engine import Unavailable

SAVE_S = 0.5
Step = Literal["queued", "checking", "searching", "reading", "writing", "mending", "saving", "done"]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A job as it stands: what a page draws."""

    text: str = ""
    step: Step = "queued"
    passages: int = 0
    trouble: str | None = None  # why another writer went on, see rag/problems.py
    version: int = 0

    @property
    def done(self) -> bool:
        return self.step == "done"


@dataclass(frozen=True, slots=True)
class Work:
    """What a job does: its events, and how its end is kept."""

    events: Callable[[Cancellation], Iterator[Event]]
    finish: Callable[["Job", Answer | None], None]  # None: stopped before a word, or a bug; raises Unavailable


@dataclass(eq=False)
class Job:
    """One answer being written."""

    message_id: int
    person: str  # whose answer it is
    work: Work
    stopped: bool = False
    cancellation: Cancellation = field(default_factory=Cancellation)
    snapshot: Snapshot = field(default_factory=Snapshot)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, seen: int, timeout_s: float) -> Snapshot:
        """The snapshot once it is newer than `seen`, or as it is after the time."""
        with self._changed:
            self._changed.wait_for(lambda: self.snapshot.version > seen or self.snapshot.done, timeout_s)
            return self.snapshot

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
                self._change(trouble=event.problem)
            case "revised":
                self._change(text=event.text)

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


class ShuttingDown(Exception):
    """No new answers are begun any more."""


class Jobs:
    """The answers being written by this process."""

    def __init__(self, save: Callable[[Mapping[int, str]], None], *, at_once: int) -> None:
        self._save = save
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="answer")
        self._jobs: dict[int, Job] = {}
        self._saved: dict[int, int] = {}  # message id → version saved
        self._unfinished: dict[int, tuple[Job, Answer | None]] = {}  # ended, but not stored yet
        self._save_failed = False
        self._closing = threading.Event()
        self._giving_up = threading.Event()  # closing, and out of patience
        self._saver = threading.Thread(target=self._save_regularly, name="saver", daemon=True)
        self._saver.start()

    def start(self, message_id: int, person: str, work: Work) -> Job:
        """Begins to write. Raises ShuttingDown."""
        if self._closing.is_set():
            raise ShuttingDown
        job = Job(message_id, person, work)
        self._jobs[message_id] = job
        self._threads.submit(self._run, job)
        return job

    def get(self, message_id: int) -> Job | None:
        """The job, while it is being written."""
        return self._jobs.get(message_id)

    def stop(self, message_id: int) -> None:
        """Stops an answer: its text stays, the model's request is closed."""
        if job := self._jobs.get(message_id):
            job.cancellation.cancel()

    def busy(self) -> bool:
        return bool(self._jobs)

    def close(self, patience_s: float) -> None:
        """Lets running answers end for so long; the rest keep their text and are left to be marked interrupted."""
        self._closing.set()
        deadline = time.monotonic() + patience_s
        for job in list(self._jobs.values()):
            while not job.snapshot.done and time.monotonic() < deadline:
                job.wait(job.snapshot.version, 0.1)
        self._giving_up.set()
        for job in list(self._jobs.values()):
            job.cancellation.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._saver.join(timeout=5)
        self._save_all()

    def _run(self, job: Job) -> None:
        answer: Answer | None = None
        try:
            job.cancellation.check()
            for event in job.work.events(job.cancellation):
                job.take(event)
                match event.kind:
                    case "answered" | "not_found" | "refused" | "failed":
                        answer = event.answer
        except Cancelled as stop:
            log.info("The answer %d was stopped", job.message_id)
            job.stopped, answer = True, stop.partial
            if self._giving_up.is_set():
                return
        except Exception:
            log.exception("A bug broke off the answer %d", job.message_id)
        self._finish(job, answer)

    def _finish(self, job: Job, answer: Answer | None) -> None:
        """Stores the end. While the database is away the job stays, its text in sight, and the saver tries again."""
        try:
            job.work.finish(job, answer)
        except Unavailable:
            if job.message_id not in self._unfinished:  # else all of this was done at the first try
                log.exception("The end of the answer %d could not be saved yet", job.message_id)
                job.saving(answer.text if answer else None)
                self._unfinished[job.message_id] = (job, answer)
            return
        for known in (self._unfinished, self._jobs, self._saved):
            known.pop(job.message_id, None)
        job.end()

    def _save_regularly(self) -> None:
        while not self._closing.wait(SAVE_S):
            self._save_all()

    def _save_all(self) -> None:
        for job, answer in list(self._unfinished.values()):
            self._finish(job, answer)
        now = {i: job.snapshot for i, job in self._jobs.copy().items()}
        changed = {i: s for i, s in now.items() if s.text and self._saved.get(i) != s.version}
        if not changed:
            return
        try:
            self._save({i: snapshot.text for i, snapshot in changed.items()})
        except Exception:
            if not self._save_failed:
                log.exception("The text so far of %d answers could not be saved", len(changed))
            self._save_failed = True
        else:
            self._save_failed = False
            self._saved |= {i: snapshot.version for i, snapshot in changed.items()}
