"""How models did with an answer, read off its events: valid at once, after one re-ask, or not usable at all."""

from rag.types import Answer
from rag.writers import extractive
from store.records import DraftRecord

# What is wrong with a draft; all else is wrong with the way to a model.
UNUSABLE = ("unverified", "model_garbled", "model_empty", "model_filtered")


class Drafts:
    """Follows one answer from writer to writer."""

    def __init__(self) -> None:
        self._writer, self._attempt = "", 0
        self._done: list[DraftRecord] = []

    def writing(self, writer: str, attempt: int) -> None:
        """A writer begins, or begins again."""
        self._writer, self._attempt = writer, attempt

    def failed(self, problem: str) -> None:
        """The writer is given up."""
        if self._writer and (self._attempt > 1 or problem in UNUSABLE):
            self._done.append(DraftRecord(self._writer, "unusable"))
        self._writer = ""

    def ended(self, answer: Answer) -> tuple[DraftRecord, ...]:
        """All of them, now that there is an answer, however it ended."""
        if answer.writer == self._writer not in ("", extractive.NAME) and answer.status in ("answered", "not_found"):
            return (*self._done, DraftRecord(self._writer, "valid" if self._attempt == 1 else "mended"))
        return tuple(self._done)
