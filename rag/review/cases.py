"""Test cases made from answers: the question, the sources a right answer rests on, the facts it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guards.rules import markers
from rag.examples import Unfit
from rag.review import facts
from store import answers, approvals, conversations, feedback, test_cases
from store.engine import Database
from store.records import AnswerRecord, SourceRecord, TestCaseRecord, WrongSourceRecord

DATASET = "feedback"
LONGEST_QUESTION, LONGEST_FACT, LONGEST_NAME, MOST = 2000, 300, 60, 20


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case as a reviewer writes it."""

    question: str
    sources: tuple[SourceRecord, ...] = ()
    facts: tuple[str, ...] = ()
    answerable: bool = True
    dataset: str = DATASET


@dataclass(frozen=True, slots=True)
class Begun:
    """The case that somebody had before them as they began to write: when it was changed last; None: there was none."""

    changed_at: datetime | None


class Meanwhile(Exception):
    """Somebody else changed or deleted the case while one wrote; `stands` is what to keep it over, once that is seen.

    `by` is who changed it, where that is known.
    """

    def __init__(self, stands: Begun, by: str | None) -> None:
        super().__init__("the case was changed meanwhile")
        self.stands, self.by = stands, by


class Cases:
    """Keeps test cases. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def suggested(self, answer_id: int) -> CaseDraft | None:
        """A case to begin with: the question as it was searched for, what was cited, what readers said is better.

        None when the answer is gone. Raises Unavailable.
        """
        with self._database.read() as session:
            found = conversations.answer(session, answer_id)
            if found is None:
                return None
            question, answer = found
            trace, approved = answers.trace(session, answer_id), approvals.of(session, answer_id)
            text = approved.text if approved else feedback.correction_of(session, answer_id) or answer.text
            sources = _sources(answer, text, test_cases.sources_said(session, answer_id))
        is_answer = answer.state == "answered" or bool(approved)
        return CaseDraft(
            question=(trace.query if trace else "") or question,
            sources=sources if is_answer else (),
            facts=facts.suggested(text) if is_answer else (),
            answerable=is_answer,
        )

    def of(self, answer_id: int) -> TestCaseRecord | None:
        """The case made from an answer. Raises Unavailable."""
        with self._database.read() as session:
            return test_cases.of_answer(session, answer_id)

    def get(self, case_id: int) -> TestCaseRecord | None:
        """A case; None when it is gone. Raises Unavailable."""
        with self._database.read() as session:
            return test_cases.get(session, case_id)

    def keep(self, answer_id: int, case: CaseDraft, *, by: str, over: Begun | None = None) -> None:
        """Makes the case of an answer, or changes it; `over` is what its writer saw.

        Raises Unfit, Meanwhile, Unavailable.
        """
        case = _fit(case)
        with self._database.write() as session:
            stands = test_cases.of_answer(session, answer_id)
            _same(stands, test_cases.last_by(session, answer_id), over, by)
            if test_cases.put(session, answer_id, _values(case), by=by) is None:
                raise Unfit("This answer is gone.")

    def change(self, case_id: int, case: CaseDraft, *, by: str, over: Begun | None = None) -> None:
        """Changes a case; `over` is what its writer saw. Raises Unfit, Meanwhile, Unavailable."""
        case = _fit(case)
        with self._database.write() as session:
            if (stands := test_cases.get(session, case_id)) is None:
                raise Unfit("This case is gone.")
            _same(stands, test_cases.last_by(session, stands.message_id), over, by)
            test_cases.change(session, case_id, _values(case), by=by)

    def delete(self, case_id: int, *, by: str) -> None:
        """Deletes a case, once and for all. Raises Unavailable."""
        with self._database.write() as session:
            test_cases.remove(session, case_id, by=by)

    def listing(self, dataset: str | None = None, *, limit: int | None = None, offset: int = 0) -> list[TestCaseRecord]:
        """The cases of a dataset, or of all, the latest first. Raises Unavailable."""
        with self._database.read() as session:
            return test_cases.page(session, dataset, limit=limit, offset=offset)

    def datasets(self) -> dict[str, int]:
        """How many cases each dataset has. Raises Unavailable."""
        with self._database.read() as session:
            return test_cases.datasets(session)


def _same(stands: TestCaseRecord | None, last: str | None, over: Begun | None, by: str) -> None:
    """Raises Meanwhile when what stands is not what its writer saw, and not by their own hand."""
    now = Begun(stands.changed_at if stands else None)
    if over is not None and now != over and (stands is None or last != by):
        raise Meanwhile(now, last)


def _sources(answer: AnswerRecord, text: str, said: Sequence[WrongSourceRecord]) -> tuple[SourceRecord, ...]:
    """What the text cites, without what readers called wrong and with what they called better."""
    wrong, numbers = {one.citation_id for one in said}, set(markers(text))
    cited = [
        SourceRecord(one.document_id, one.document, one.quote)
        for one in answer.citations
        if one.number in numbers and one.id not in wrong and one.document_id is not None
    ]
    better = [SourceRecord(one.better.document_id, one.better.document, one.better.quote) for one in said if one.better]
    return tuple(dict.fromkeys([*cited, *better]))[:MOST]


def _fit(case: CaseDraft) -> CaseDraft:
    question, dataset = " ".join(case.question.split()), " ".join(case.dataset.split()) or DATASET
    wanted = tuple(dict.fromkeys(" ".join(fact.split()) for fact in case.facts if fact.strip()))
    for text, most, what in ((question, LONGEST_QUESTION, "question"), (dataset, LONGEST_NAME, "name of the dataset")):
        if len(text) > most:
            raise Unfit(f"The {what} has {len(text):,} characters; {most:,} are the most.")
    if not question:
        raise Unfit("A case has a question.")
    if any(len(fact) > LONGEST_FACT for fact in wanted):
        raise Unfit(f"A fact is a short phrase, of {LONGEST_FACT} characters at most.")
    if max(len(wanted), len(case.sources)) > MOST:
        raise Unfit(f"A case has {MOST} facts and {MOST} sources at most.")
    if case.answerable and not wanted and not case.sources:
        raise Unfit("Say what a right answer cites or holds; else nothing could be checked.")
    if not case.answerable:
        return CaseDraft(question, answerable=False, dataset=dataset)
    return CaseDraft(question, case.sources, wanted, dataset=dataset)


def _values(case: CaseDraft) -> dict[str, object]:
    return {field: getattr(case, field) for field in ("question", "sources", "facts", "answerable", "dataset")}
