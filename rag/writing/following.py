"""One writer's words on their way behind what others left: held back until they fit, then streamed."""

from collections.abc import Iterator

from rag.events import Event
from rag.task import Task, Written
from rag.writing.joining import Join, Joint
from rag.writing.words import Vocabulary


class Following:
    """The words of one writer, and of its second try. Behind nothing, they simply stream."""

    def __init__(self, task: Task) -> None:
        self.before = task.written
        self.left = task.written.settled
        self._task = task
        self._joint = Joint(self.left.text, Vocabulary([task.question.text, *(p.text for p in task.passages)]))
        self._said = ""
        self._join: Join | None = None if self.left.text else Join(0, 0)
        self._placed = not self.left.text

    def add(self, writer: str, delta: str) -> Iterator[Event]:
        """Shows more of the words as soon as they fit; what they replace is shown until they are as long."""
        self._said += delta
        if self._placed:
            yield from self._task.add(writer, delta)
            return
        self._join = self._join or self._joint.join(self._said, whole=False)
        if self._join:
            written = self._behind(self._join, writer, self._said)
            if len(written.text) >= len(self.left.text):
                self._placed = True
                yield from self._task.put(written, "joined")

    def whole(self, text: str) -> Join:
        """How a finished text follows."""
        join = self._join if self._said and text.startswith(self._said) else None
        return join or (self._joint.join(text, whole=True) if self.left.text else None) or Join(len(self.left.text), 0)

    def take_back(self, why: str) -> Iterator[Event]:
        """Shows what was there before this writer."""
        yield from self._task.put(self.before, why)

    def _behind(self, join: Join, writer: str, text: str) -> Written:
        return self.left.until(join.at).more(writer, join.glue + text[join.skip :])
