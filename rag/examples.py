"""Approved answers as examples in the prompt: those whose questions are most like the one that is asked."""

import json
import logging
import threading
import time
from collections.abc import Sequence

from guards.guard import Context
from guards.rules import RULES, markers
from guards.schema import Citation, Draft
from rag.inert import inert
from rag.ingest.clean import one_line
from rag.retrieval.terms import stems
from rag.review.veil import INSTEAD
from store import approvals, chunks, conversations, examples, feedback, history, texts
from store.engine import Database, Unavailable
from store.records import AnswerRecord, ChunkRecord, CitationRecord, ExampleRecord

SHOWN = 2  # in one prompt: each costs tokens
AROUND = 300  # characters of the document on each side of a quote
FRESH_S = 5.0  # how long they are used before other processes' changes are looked for
log = logging.getLogger(__name__)


class Unfit(Exception):
    """This answer cannot be an example; the message says why, for the reviewer."""


class Examples:
    """Keeps and chooses examples. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looking = threading.Lock()
        self._known: Sequence[ExampleRecord] = ()
        self._fresh_until = 0.0

    def approve(self, answer_id: int, *, by: str | None = None) -> None:
        """Makes an answer an example for models: its approved text, else its reader's correction, else as it is.

        Raises Unfit, Unavailable.
        """
        with self._database.write() as session:
            found = conversations.answer(session, answer_id)
            if found is None:
                raise Unfit("This answer is gone.")
            question, answer = found
            approved = approvals.of(session, answer_id)
            draft = _draft(answer, approved.text if approved else feedback.correction_of(session, answer_id))
            if (hidden := INSTEAD.search(draft.answer)) and hidden[0] not in answer.text:
                raise Unfit(f"{hidden[0]} stands for something hidden. Approve a text that needs no such mark.")
            pieces = {one.document_id: chunks.of_document(session, one.document_id or 0) for one in answer.citations}
            passages = [
                {"number": number, "document_id": cited[0].document_id, "document": cited[0].document, "text": text}
                for number, cited in _by_number(answer.citations).items()
                if (text := texts.span(session, *_around(cited, pieces[cited[0].document_id])))
            ]
            _require_fit(draft, [str(passage["text"]) for passage in passages])
            examples.put(session, answer_id, question, passages, draft.model_dump())
            history.note(session, answer_id, by, "example", "made")
        self._fresh_until = 0.0

    def take_out(self, answer_id: int, *, by: str | None = None) -> None:
        """The answer is shown to models no more. Raises Unavailable."""
        with self._database.write() as session:
            if examples.among(session, [answer_id]):
                examples.take_out(session, answer_id)
                history.note(session, answer_id, by, "example", "taken out")
        self._fresh_until = 0.0

    def among(self, answer_ids: Sequence[int]) -> set[int]:
        """Those of these answers that are examples. Raises Unavailable."""
        with self._database.read() as session:
            return examples.among(session, answer_ids)

    def listing(self) -> Sequence[ExampleRecord]:
        """All of them, the latest first. Raises Unavailable."""
        with self._database.read() as session:
            return examples.all_of_them(session)[::-1]

    def like(self, question: str) -> tuple[ExampleRecord, ...]:
        """The examples most like a question, the most alike last, where it is remembered best."""
        wanted = stems(question)
        rated = [(_alike(wanted, stems(example.question)), example.id, example) for example in self._all()]
        best = sorted((one for one in rated if one[0] > 0), key=lambda one: one[:2])[-SHOWN:]
        return tuple(example for _, _, example in best)

    def _all(self) -> Sequence[ExampleRecord]:
        now = time.monotonic()
        if now >= self._fresh_until and self._looking.acquire(blocking=False):
            try:
                self._fresh_until = now + FRESH_S
                with self._database.read() as session:
                    self._known = examples.all_of_them(session)
            except Unavailable as error:
                log.warning("The examples stay as they are: %s", error)
            finally:
                self._looking.release()
        return self._known


def in_words(shown: Sequence[ExampleRecord]) -> str:
    """Examples as the prompt has them."""
    return "\n\n".join(_in_words(example) for example in shown)


def _in_words(example: ExampleRecord) -> str:
    passages = "\n".join(
        f'<passage-x number="{passage["number"]}">{inert(passage["text"])}</passage-x>' for passage in example.passages
    )
    return (
        f"Example. Passages: {passages}\nQuestion: {inert(one_line(example.question))}\n"
        f"{inert(json.dumps(example.draft, ensure_ascii=False))}"
    )


def _draft(answer: AnswerRecord, better: str | None) -> Draft:
    text = better or answer.text
    citations = [Citation(passage=cited.number, quote=cited.quote) for cited in answer.citations]
    if answer.state != "answered" or not citations:
        raise Unfit("Only an answer with footnotes can be an example.")
    if not markers(text):
        raise Unfit("The text has no footnote numbers like [1]; without them it would teach to leave them out.")
    kept = set(markers(text))
    return Draft(
        answer=text, citations=[one for one in citations if one.passage in kept], follow_ups=[*answer.follow_ups]
    )


def _require_fit(draft: Draft, passages: Sequence[str]) -> None:
    problems = [problem for rule in RULES for problem in rule(draft, Context(passages=tuple(passages)))]
    if problems:
        raise Unfit("It would not pass the validation of answers: " + " ".join(problems))


def _by_number(citations: Sequence[CitationRecord]) -> dict[int, list[CitationRecord]]:
    found: dict[int, list[CitationRecord]] = {}
    for citation in citations:
        if citation.document_id is None:
            raise Unfit("A document it cites is gone.")
        found.setdefault(citation.number, []).append(citation)
    return dict(sorted(found.items()))


def _around(cited: Sequence[CitationRecord], pieces: Sequence[ChunkRecord]) -> tuple[int, int, int, int]:
    """Document, start, end and version of the words cited, with some around them: no more than guards have let pass.

    `pieces` are those of their document.
    """
    start, end, version = min(one.start for one in cited), max(one.end for one in cited), cited[0].version
    known = [one for one in pieces if one.version == version and one.start < end and start < one.end]
    if any(one.held for one in known):
        raise Unfit("A piece of a document it cites is held back.")
    first = min((one.start for one in known), default=start)
    last = max((one.end for one in known), default=end)
    return cited[0].document_id or 0, max(start - AROUND, first), min(end + AROUND, last), version


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
