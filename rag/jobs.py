"""Answers are written by jobs in worker threads that belong to no browser connection.

Any number of pages watch a job. The text so far is saved to SQL four times a second, for all jobs in one transaction.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from rag.cancellation import Cancelled
from rag.job import Job, Snapshot, Work
from rag.queueing import Turns
from rag.types import Answer
from store.engine import Unavailable

__all__ = ["Job", "Jobs", "ShuttingDown", "Snapshot", "Work"]

SAVE_S = 0.25  # a killed process loses no text older than a second, also on a busy machine
NOTICE_S = 0.1  # how soon the end of the last answer is noticed when the app ends
log = logging.getLogger(__name__)


class ShuttingDown(Exception):
    """No new answers are begun any more."""


class Jobs:
    """The answers being written by this process."""

    def __init__(
        self, save: Callable[[Mapping[int, str]], None], *, at_once: int, each: int = 1000, waiting: int = 1000
    ) -> None:
        self._save = save
        self._turns: Turns[Job] = Turns(at_once=at_once, each=each, waiting=waiting)
        self._threads = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="answer")
        self._jobs: dict[int, Job] = {}
        self._unfinished: dict[int, tuple[Job, Answer | None]] = {}  # ended, but not stored yet
        self._save_failed = False
        self._closing = threading.Event()
        self._giving_up = threading.Event()  # closing, and out of patience
        self._ending = threading.Lock()
        self._saver = threading.Thread(target=self._save_regularly, name="saver", daemon=True)
        self._saver.start()

    def check_open(self) -> None:
        """Raises ShuttingDown."""
        if self.closing:
            raise ShuttingDown

    def check(self, person: str) -> None:
        """Whether a question of this person is taken in. Raises ShuttingDown, QueueFull."""
        self.check_open()
        self._turns.check(person)

    def start(self, message_id: int, person: str, work: Work) -> Job:
        """Begins to write. Raises ShuttingDown."""
        self.check_open()
        job, displaced = Job(message_id, person, work), self._jobs.get(message_id)
        self._jobs[message_id] = job
        if displaced:  # a backup was put back under the running app, and gives out its numbers anew
            displaced.cancellation.cancel()
            if self._unfinished.pop(message_id, None):
                displaced.end()
        self._turns.join(job)
        job.cancellation.on_cancel(partial(self._leave, job))
        self._begin()
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

    def load(self) -> tuple[int, int]:
        """How many answers are being written here, and how many wait for their turn."""
        return self._turns.load()

    @property
    def closing(self) -> bool:
        """No new answers are begun any more."""
        return self._closing.is_set()

    def close(self, patience_s: float) -> None:
        """Lets running answers end for so long; the others are interrupted, their text kept. Once more hurries it."""
        self._closing.set()
        until = time.monotonic() + patience_s
        while self._jobs and time.monotonic() < until and not self._giving_up.wait(NOTICE_S):
            pass
        self._giving_up.set()
        with self._ending:
            for job in list(self._jobs.values()):
                job.cancellation.cancel()
            self._threads.shutdown(wait=True)  # those that wait for their turn end at once
            self._saver.join(timeout=5)
            self._save_all()

    def _begin(self) -> None:
        """Lets those run whose turn it is."""
        while job := self._turns.next():
            self._threads.submit(self._take_turn, job)

    def _take_turn(self, job: Job) -> None:
        try:
            self._run(job)
        finally:
            self._turns.done(job)
            self._begin()

    def _leave(self, job: Job) -> None:
        """Ends a job that was cancelled while it waited: nobody else would look at it for long."""
        if self._turns.leave(job):
            self._run(job)

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
            job.interrupted = self._giving_up.is_set()
            job.stopped, answer = not job.interrupted, stop.partial
        except Exception:
            log.exception("A bug broke off the answer %d", job.message_id)
        self._finish(job, answer)

    def _finish(self, job: Job, answer: Answer | None) -> None:
        """Stores the end. While the database is away the job stays, its text in sight, and the saver tries again."""
        if self._jobs.get(job.message_id) is not job:  # displaced: its question is in no database any more
            job.end()
            return
        try:
            job.work.finish(job, answer)
        except Unavailable:
            if job.message_id not in self._unfinished:  # else all of this was done at the first try
                log.exception("The end of the answer %d could not be saved yet", job.message_id)
                job.saving(answer.text if answer else None)
                self._unfinished[job.message_id] = (job, answer)
            return
        self._unfinished.pop(job.message_id, None)
        self._jobs.pop(job.message_id, None)
        job.end()
        job.work.after(job, answer)

    def _save_regularly(self) -> None:
        while not self._giving_up.wait(SAVE_S):
            self._save_all()

    def _save_all(self) -> None:
        for job, answer in list(self._unfinished.values()):
            self._finish(job, answer)
        now = [(job, job.snapshot) for job in list(self._jobs.values())]
        changed = [(job, snapshot) for job, snapshot in now if snapshot.text and job.saved != snapshot.version]
        if not changed:
            return
        try:
            self._save({job.message_id: snapshot.text for job, snapshot in changed})
        except Exception:
            if not self._save_failed:
                log.exception("The text so far of %d answers could not be saved", len(changed))
            self._save_failed = True
        else:
            self._save_failed = False
            for job, snapshot in changed:
                job.saved = snapshot.version
