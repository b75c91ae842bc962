"""Test cases asked through the real pipeline: what was found, cited and said, beside what reviewers expect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guards.quotes import locate
from rag.cancellation import Cancellation
from rag.house import House
from rag.review.audit import COMMAND
from rag.review.facts import stands
from rag.types import Answer, Passage, Question
from store.records import SourceRecord, TestCaseRecord


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: the numbers of the sources that were found and cited, and the facts that are missing."""

    case: TestCaseRecord
    status: str
    writer: str
    retrieved: frozenset[int]
    cited: frozenset[int]
    missing: tuple[str, ...]

    @property
    def answered_rightly(self) -> bool:
        """Whether it was answered, or declined, as it should be."""
        return (self.status == "answered") == self.case.answerable

    @property
    def passed(self) -> bool:
        return self.answered_rightly and len(self.cited) == len(self.case.sources) and not self.missing


def tried(house: House, cases: Sequence[TestCaseRecord]) -> Iterator[Outcome]:
    """Asks each case, and has it written: what a reviewer verified would only tell of itself.

    Readers' questions are shown by that, so it stands in the log. Raises Unavailable.
    """
    house.desk.audit.note(COMMAND, "listed", detail=f"test cases, {len(cases):,}")
    for case in cases:
        answer, passages = _asked(house, case.question)
        spans = [_span(house, source) for source in case.sources]
        found = [(one.document_id, one.start, one.end) for one in passages]
        cited = [(one.document_id, one.start, one.end) for one in answer.citations]
        yield Outcome(
            case=case,
            status=answer.status,
            writer=answer.writer or "",
            retrieved=frozenset(at for at, span in enumerate(spans) if _among(span, found)),
            cited=frozenset(at for at, span in enumerate(spans) if _among(span, cited)),
            missing=tuple(fact for fact in case.facts if not stands(fact, answer.text)),
        )


Span = tuple[int, int, int]  # document, start and end in characters of its text


def _asked(house: House, question: str) -> tuple[Answer, Sequence[Passage]]:
    answer = Answer("", "failed")
    passages: Sequence[Passage] = ()
    for event in house.pipeline.answer(Question(question, anew=True), Cancellation()):
        match event.kind:
            case "retrieved":
                passages = event.retrieval.passages
            case "answered" | "not_found" | "refused" | "failed":
                answer = event.answer
    return answer, passages


def _span(house: House, source: SourceRecord) -> Span | None:
    """Where a source stands in the documents as they are now; None when it does not."""
    text = house.library.text(source.document_id) if source.document_id is not None else None
    if text is None or source.document_id is None:
        return None
    span = locate(source.quote, text) if source.quote else (0, len(text))
    return (source.document_id, *span) if span else None


def _among(wanted: Span | None, found: Sequence[Span]) -> bool:
    """Whether some of these words are among the wanted ones."""
    if wanted is None:
        return False
    document, start, end = wanted
    return any(one == document and first < end and start < last for one, first, last in found)
