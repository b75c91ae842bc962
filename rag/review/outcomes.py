"""What became of one answer, as a reviewer sees it, and what may be made of it by somebody who does not see it all."""

from dataclasses import dataclass, replace
from typing import cast

from rag.examples import Examples, Unfit
from rag.review.approvals import Approvals, Proposed
from rag.review.cases import CaseDraft, Cases
from rag.review.masking import Masking
from rag.review.tasks import Tasks
from rag.review.verified import Verified
from store import item_events
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
        texts = [draft.question, proposed.answer, proposed.correction or "", approved.text if approved else ""]
        veil = self._masking.veil(person, texts)
        shown = replace(
            proposed,
            answer=veil.text(proposed.answer),
            correction=veil.text(proposed.correction) if proposed.correction else None,
            approved=approved and replace(approved, text=veil.text(approved.text)),
        )
        return Made(
            proposed=shown,
            draft=replace(
                draft, question=veil.text(draft.question), facts=tuple(dict.fromkeys(map(veil.text, draft.facts)))
            ),
            case=case and self._masking.case(person, case),
            is_example=bool(self._examples.among([answer_id])),
            verified=verified and self._masking.verified(person, verified),
            tasks=tuple(
                self._masking.task(person, one)
                for one in self._tasks.listing(TaskFilter(answer=answer_id), limit=TASKS)
            ),
            hidden=shown != proposed or veil.text(draft.question) != draft.question,
            as_answer=proposed.footnotes > 0,
            status=cast(ItemStatus, standing[0]) if standing else None,
        )

    def verify(self, person: str, answer_id: int, question: str) -> None:
        """Makes it a verified answer. Nobody vouches for what they do not see. Raises Unfit."""
        proposed = self._approvals.proposed(answer_id)
        text = (proposed.approved.text if proposed.approved else proposed.answer) if proposed else ""
        if self._masking.together(person, text) != (text,):
            raise Unfit("It holds personal data that is hidden from you. Approve a text without it first.")
        self._verified.make(answer_id, question, by=person)
