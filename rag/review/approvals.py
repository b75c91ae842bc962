"""Approved texts: what an answer ought to say, in the words of the answer, of its reader or of the reviewer."""

from dataclasses import dataclass

from guards.rules import markers
from rag.examples import Unfit
from store import approvals, conversations, feedback
from store.engine import Database
from store.records import AnswerRecord, ApprovedRecord

LONGEST = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a reviewer begins with."""

    answer: str
    correction: str | None  # of the reader
    approved: ApprovedRecord | None
    footnotes: int = 0  # of the answer

    @property
    def text(self) -> str:
        """What stands at present, the approved text before the reader's."""
        return self.approved.text if self.approved else self.correction or self.answer


class Approvals:
    """Keeps the approved text of answers. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def proposed(self, answer_id: int) -> Proposed | None:
        """The texts there are of an answer; None when it is gone. Raises Unavailable."""
        with self._database.read() as session:
            found = conversations.answer(session, answer_id)
            if found is None:
                return None
            correction = feedback.correction_of(session, answer_id)
            approved = approvals.of(session, answer_id)
            return Proposed(found[1].text, correction, approved, len(found[1].citations))

    def of(self, answer_id: int) -> ApprovedRecord | None:
        """What was approved. Raises Unavailable."""
        with self._database.read() as session:
            return approvals.of(session, answer_id)

    def approve(self, answer_id: int, text: str, *, by: str) -> str:
        """Makes this the approved text, in place of any before it; gives what the reviewer should know, or "".

        Raises Unfit, Unavailable.
        """
        text = text.strip()
        with self._database.write() as session:
            found = conversations.answer(session, answer_id)
            if found is None:
                raise Unfit("This answer is gone.")
            answer = found[1]
            _require_fit(answer, text)
            correction = feedback.correction_of(session, answer_id)
            how = (
                "as it is" if text == answer.text else "as its reader corrected it" if text == correction else "edited"
            )
            approvals.put(session, answer_id, text, by=by, how=how)
        return lost(answer, text)

    def take_back(self, answer_id: int, *, by: str) -> None:
        """No text of this answer is approved any more. Raises Unavailable."""
        with self._database.write() as session:
            approvals.take_back(session, answer_id, by=by)


def unknown(answer: AnswerRecord, text: str) -> list[int]:
    """The footnote numbers of a text that the answer has no footnote for."""
    known = {one.number for one in answer.citations}
    return sorted(set(markers(text)) - known)


def lost(answer: AnswerRecord, text: str) -> str:
    """A sentence about the footnotes of the answer that a text leaves out; "" when it has them all."""
    gone = sorted({one.number for one in answer.citations} - set(markers(text)))
    if not gone:
        return ""
    if not markers(text):
        return "The text has no footnote numbers any more. It can be no example and no verified answer without them."
    return f"The text leaves out {_numbered(gone)}. Make sure that nothing they stood behind is still claimed."


def _require_fit(answer: AnswerRecord, text: str) -> None:
    if answer.state == "writing":
        raise Unfit("This answer is still being written.")
    if not text:
        raise Unfit("An approved text has words.")
    if len(text) > LONGEST:
        raise Unfit(f"The text has {len(text):,} characters; {LONGEST:,} are the most.")
    if numbers := unknown(answer, text):
        raise Unfit(f"The answer has no footnote {_numbered(numbers)}; use its own numbers, or leave them out.")


def _numbered(numbers: list[int]) -> str:
    return ", ".join(f"[{number}]" for number in numbers)
