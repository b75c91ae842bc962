"""What a person can do: ask, watch, stop, look back, rate. One method a use case, one transaction each."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from guards.question import check_question
from rag.admission import Admission
from rag.answering import Answering
from rag.examples import Unfit
from rag.feedback import Feedback
from rag.ingest.content import Unreadable
from rag.ingest.library import Library
from rag.jobs import Job, Jobs, ShuttingDown, Snapshot
from rag.limits import TooManyQuestions
from rag.owners import NotYours, person_id, require_own
from rag.queueing import QueueFull
from rag.reviewing import Reviews
from rag.types import Question, Turn
from store import answers, asking, conversations, people
from store.engine import Database, Full, Locked, Unavailable
from store.records import ConflictRecord, ConversationRecord, QuestionRecord, TraceRecord

# What the use cases raise, for those above who tell people about it.
__all__ = [
    "Asked",
    "Assistant",
    "NotYours",
    "QueueFull",
    "ShuttingDown",
    "TooManyQuestions",
    "Unavailable",
    "Unfit",
    "Unreadable",
    "kind_of",
    "person_id",
]

HISTORY_TURNS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    conversation_id: str
    question_id: int
    answer_id: int


class Assistant:
    """Answers for people. Safe to use from many threads."""

    def __init__(
        self,
        database: Database,
        answering: Answering,
        jobs: Jobs,
        library: Library,
        process: str,
        *,
        admission: Admission,
        reviews: Reviews,
    ) -> None:
        self._database = database
        self._admission = admission
        self._answering = answering
        self._jobs = jobs
        self._process = process
        self.library = library
        self.feedback = Feedback(database)
        self.examples = answering.examples
        self.reviews = reviews

    # asking

    def ask(
        self,
        person: str,
        question: str,
        conversation_id: str | None = None,
        tags: Sequence[str] = (),
        *,
        history: Sequence[Turn] = (),
    ) -> Asked:
        """Saves the question and begins its answer.

        `history` is the talk as somebody else remembers it; none: that of the conversation. Raises NotYours,
        ShuttingDown, TooManyQuestions, QueueFull, Unavailable; then nothing was saved.
        """
        self._admission.check(person)
        question = check_question(question).text  # what is refused is kept as well, without what cannot be shown
        with self._database.write() as session:
            people.remember(session, person)
            if conversation_id is None:
                conversation_id = conversations.create(session, person, question)
            elif conversations.find(session, person, conversation_id) is None:
                raise NotYours
            history = history or _turns(conversations.questions(session, person, conversation_id))
            question_id = answers.ask(session, conversation_id, question)
            answer_id = asking.begin(session, person, conversation_id, question_id, self._process)
        self._admission.taken(person)
        self._answering.begin(
            person, answer_id, Question(question, tuple(history[-HISTORY_TURNS:]), tuple(tags), person)
        )
        return Asked(conversation_id, question_id, answer_id)

    def ask_again(self, person: str, question_id: int, tags: Sequence[str] = ()) -> Asked:
        """Begins another answer to a question, never a verified one; the earlier ones stay. Raises as `ask` does."""
        self._admission.check(person)
        with self._database.write() as session:
            found = answers.question_of(session, person, question_id)
            if found is None:
                raise NotYours
            conversation_id, text = found
            earlier = [q for q in conversations.questions(session, person, conversation_id) if q.id < question_id]
            answer_id = asking.begin(session, person, conversation_id, question_id, self._process)
        self._admission.taken(person)
        self._answering.begin(person, answer_id, Question(text, _turns(earlier), tuple(tags), person, anew=True))
        return Asked(conversation_id, question_id, answer_id)

    def job(self, answer_id: int) -> Job | None:
        """The answer while it is being written by this process."""
        return self._jobs.get(answer_id)

    def snapshot(self, person: str, answer_id: int, seen: int, timeout_s: float) -> Snapshot | None:
        """An answer being written, once it is newer than `seen` or after the time; None when it is not any more."""
        if job := self._jobs.get(answer_id):
            return job.wait(seen, timeout_s) if job.person == person else None
        with self._database.read() as session:  # another process may be writing it
            found = answers.progress(session, person, answer_id)
        if found is None or found[0] != "writing":
            return None
        time.sleep(timeout_s)
        return Snapshot(text=found[1], step="writing", version=len(found[1]))

    def stop(self, person: str, answer_id: int) -> None:
        """Stops an answer; its text stays. Raises NotYours, Unavailable."""
        require_own(self._database, person, answer_id)
        self._jobs.stop(answer_id)

    def compared(self, answer_id: int) -> tuple[ConflictRecord, ...]:
        """What the sources of an answer that has just ended disagree in; waits a moment while they are compared."""
        return self._answering.afterwards.found(answer_id)

    # looking back

    def history(self, person: str, containing: str = "") -> list[ConversationRecord]:
        with self._database.read() as session:
            return conversations.history(session, person, containing=containing.strip())

    def conversation(self, person: str, conversation_id: str) -> tuple[ConversationRecord, tuple[QuestionRecord, ...]]:
        """A conversation whole. Raises NotYours, Unavailable."""
        with self._database.read() as session:
            found = conversations.find(session, person, conversation_id)
            if found is None:
                raise NotYours
            return found, conversations.questions(session, person, conversation_id)

    def rename(self, person: str, conversation_id: str, title: str) -> None:
        with self._database.write() as session:
            conversations.rename(session, person, conversation_id, title)

    def forget(self, person: str, conversation_id: str) -> None:
        """Deletes a conversation; an answer still being written in it is stopped."""
        with self._database.write() as session:
            if conversations.find(session, person, conversation_id) is None:
                return
            asked = conversations.questions(session, person, conversation_id)
            conversations.forget(session, person, conversation_id)
        for question in asked:
            for answer in question.answers:
                self._jobs.stop(answer.id)

    def trace(self, person: str, answer_id: int) -> TraceRecord | None:
        """Everything about one answer. Raises NotYours, Unavailable."""
        require_own(self._database, person, answer_id)
        with self._database.read() as session:
            return answers.trace(session, answer_id)


def mark_interrupted(database: Database, dead: Sequence[str]) -> int:
    """Marks the answers that dead processes left unfinished. Raises Unavailable."""
    with database.write() as session:
        return answers.interrupt(session, dead) if dead else 0


def kind_of(error: Unavailable) -> str:
    """The problem to tell a reader about, see rag/problems.py."""
    match error:
        case Locked():
            return "database_locked"
        case Full():
            return "disk_full"
        case _:
            return "database_unavailable"


def _turns(questions: Sequence[QuestionRecord]) -> tuple[Turn, ...]:
    turns = [Turn(q.text, q.answers[-1].text if q.answers else "") for q in questions]
    return tuple(turns[-HISTORY_TURNS:])
