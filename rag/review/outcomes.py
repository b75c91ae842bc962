"""What became of one answer, as a reviewer sees it, and what may be made of it by somebody who does not see it all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from rag.examples import Examples, Unfit
from rag.review.approvals import Approvals, Proposed
from rag.review.cases import Begun, CaseDraft, Cases
from rag.review.masking import Masking
from rag.review.restoring import restored
from rag.review.tasks import Tasks
from rag.review.verified import Verified
from store import item_events, item_masked
from store.engine import Database
from store.records import ItemStatus, TaskFilter, TaskRecord, TestCaseRecord, VerifiedRecord

TASKS = 5  # shown beside an answer


@dataclass(frozen=True, slots=True)
class Made:
    """All that was made of an answer, without what this reviewer may not see; drafts are what to begin with."""

    proposed: Proposed
    draft: CaseDraft
    case: TestCaseRecord | None
    is_example: bool
    verified: VerifiedRecord | None
    tasks: tuple[TaskRecord, ...]
    hidden: bool  # something of it was
    as_answer: bool  # it has footnotes: it may be an example, and verified
    status: ItemStatus | None  # of its item

    @property
    def something(self) -> bool:
        """Whether anything was made of it."""
        return bool(self.proposed.approved or self.case or self.is_example or self.verified or self.tasks)


class Outcomes:
    """Gathers. Safe to use from many threads; raises Unavailable."""

    def __init__(
        self,
        database: Database,
        approvals: Approvals,
        cases: Cases,
        tasks: Tasks,
        examples: Examples,
        verified: Verified,
        masking: Masking,
    ) -> None:
        self._database = database
        self._approvals = approvals
        self._cases = cases
        self._tasks = tasks
        self._examples = examples
        self._verified = verified
        self._masking = masking

    def of(self, person: str, answer_id: int) -> Made | None:
        """What was made of an answer; None when it is gone."""
        proposed, draft = self._approvals.proposed(answer_id), self._cases.suggested(answer_id)
        if proposed is None or draft is None:
            return None
        with self._database.read() as session:
            standing = item_events.standing(session, answer_id)
        approved, case, verified = proposed.approved, self._cases.of(answer_id), self._verified.of(answer_id)
        beside = self.beside([answer_id]).get(answer_id, ())
        veil = self._masking.veil(person, [*beside, *_texts(proposed, draft, case)])
        shown = replace(
            proposed,
            answer=veil.text(proposed.answer),
            correction=veil.text(proposed.correction) if proposed.correction else None,
            approved=approved and replace(approved, text=veil.text(approved.text)),
        )
        return Made(
            proposed=shown,
            draft=replace(draft, question=veil.text(draft.question), facts=tuple(map(veil.text, draft.facts))),
            case=case and replace(case, question=veil.text(case.question), facts=tuple(map(veil.text, case.facts))),
            is_example=bool(self._examples.among([answer_id])),
            verified=verified and self._masking.verified(person, verified, beside),
            tasks=tuple(
                self._masking.task(person, one)
                for one in self._tasks.listing(TaskFilter(answer=answer_id), limit=TASKS)
            ),
            hidden=shown != proposed or veil.text(draft.question) != draft.question,
            as_answer=proposed.footnotes > 0,
            status=cast(ItemStatus, standing[0]) if standing else None,
        )

    def beside(self, answer_ids: Sequence[int | None]) -> dict[int | None, tuple[str, ...]]:
        """All that is said in the talk of each of these answers: what is a name there is one in what was made of it."""
        wanted = [one for one in answer_ids if one is not None]
        with self._database.read() as session:
            talks = item_masked.talks(session, wanted) if wanted else {}
        return {one: talks.get(one, ()) for one in wanted}

    def approve(self, person: str, answer_id: int, text: str) -> str:
        """Approves a text, with the words in it again that are hidden from this person. Raises Unfit."""
        proposed, draft = self._approvals.proposed(answer_id), self._cases.suggested(answer_id)
        if proposed and draft and self._masking.hides_from(person):
            veil = self._masking.veil(person, [*self.beside([answer_id])[answer_id], *_texts(proposed, draft, None)])
            approved = proposed.approved.text if proposed.approved else ""
            text = restored(text, [approved, proposed.correction or "", proposed.answer], veil)
        return self._approvals.approve(answer_id, text, by=person)

    def keep_case(self, person: str, answer_id: int, case: CaseDraft, over: Begun | None = None) -> None:
        """Makes the case of an answer, or changes it, with the words in it again that are hidden. Raises Unfit."""
        case = self._restored(person, answer_id, case, self._cases.of(answer_id))
        self._cases.keep(answer_id, case, by=person, over=over)

    def change_case(self, person: str, case_id: int, case: CaseDraft, over: Begun | None = None) -> None:
        """Changes a case, with the words in it again that are hidden from this person. Raises Unfit."""
        kept = self._cases.get(case_id)
        if kept and kept.message_id is not None:
            case = self._restored(person, kept.message_id, case, kept)
        self._cases.change(case_id, case, by=person, over=over)

    def _restored(self, person: str, answer_id: int, case: CaseDraft, kept: TestCaseRecord | None) -> CaseDraft:
        proposed, draft = self._approvals.proposed(answer_id), self._cases.suggested(answer_id)
        if proposed is None or draft is None or not self._masking.hides_from(person):
            return case
        others = [*self.beside([answer_id])[answer_id], *_texts(proposed, draft, kept)]
        veil = self._masking.veil(person, others)
        asked, facts = ([kept.question], ["\n".join(kept.facts)]) if kept else ([], [])
        question = restored(case.question, [*asked, draft.question, *others], veil)
        held = restored("\n".join(case.facts), [*facts, "\n".join(draft.facts), *others], veil)
        return replace(case, question=question, facts=tuple(held.split("\n")))

    def verify(self, person: str, answer_id: int, question: str) -> None:
        """Makes it a verified answer. Nobody vouches for what they do not see. Raises Unfit."""
        proposed = self._approvals.proposed(answer_id)
        text = (proposed.approved.text if proposed.approved else proposed.answer) if proposed else ""
        if self._masking.veil(person, [*self.beside([answer_id]).get(answer_id, ()), text]).text(text) != text:
            raise Unfit("It holds personal data that is hidden from you. Approve a text without it first.")
        self._verified.make(answer_id, question, by=person)


def _texts(proposed: Proposed, draft: CaseDraft, case: TestCaseRecord | None) -> list[str]:
    """All that is shown together of what was made of an answer."""
    texts = [draft.question, proposed.answer, proposed.correction or ""]
    texts += [proposed.approved.text] if proposed.approved else []
    return texts + ([case.question, *case.facts] if case else [])
