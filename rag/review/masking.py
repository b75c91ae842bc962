"""Personal data out of reviewers' sight: everything a reader wrote, and what stands beside it, goes through here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.review.veil import NoVeil, Veil
from rag.sections import Review
from store.records import ExampleRecord, ReviewRecord, TaskRecord, TestCaseRecord, VerifiedRecord
from store.records.inbox import ItemFilter

KEPT = 1000  # rows of lists whose words were looked through: some megabytes


class Masking:
    """Who sees personal data, and how it looks to the others. Safe to use from many threads."""

    def __init__(self, review: Review) -> None:
        self._review = review

    @property
    def hides_anything(self) -> bool:
        """Whether there are reviewers who see conversations without personal data."""
        return self._review.personal == "masked"

    def hides_from(self, person: str) -> bool:
        """Whether this reviewer sees conversations without personal data."""
        return self.hides_anything and not any(map(person.startswith, self._review.unmasked))

    def asked(self, person: str, wanted: ItemFilter) -> ItemFilter:
        """A filter as this reviewer may ask it: a search finds no word that is hidden from them."""
        return replace(wanted, unmasked=not self.hides_from(person))

    def veil(self, person: str, texts: Iterable[str]) -> Veil:
        """What this reviewer sees these texts through, which are shown together."""
        return Veil(texts) if self.hides_from(person) else NoVeil()

    def together(self, person: str, *texts: str, beside: Sequence[str] = ()) -> tuple[str, ...]:
        """These texts as this reviewer sees them, who knows what stands beside them.

        Kept for a while: a list is drawn again at every click.
        """
        return _hidden(texts, tuple(beside)) if self.hides_from(person) else texts

    def review(self, person: str, review: ReviewRecord) -> ReviewRecord:
        """A question that reviewers of guards are asked about, as this one sees it."""
        if not self.hides_from(person):
            return review
        question, answer, *why = _hidden((review.question, review.answer, *(one.why for one in review.findings)))
        findings = tuple(replace(one, why=words) for one, words in zip(review.findings, why, strict=True))
        return replace(review, question=question, answer=answer, findings=findings)

    def case(self, person: str, case: TestCaseRecord, beside: Sequence[str] = ()) -> TestCaseRecord:
        """A case; `beside` is what was said in the talk it comes from, here and below."""
        question, *facts = self.together(person, case.question, *case.facts, beside=beside)
        return replace(case, question=question, facts=tuple(facts))

    def verified(self, person: str, one: VerifiedRecord, beside: Sequence[str] = ()) -> VerifiedRecord:
        question, text = self.together(person, one.question, one.text, beside=beside)
        return replace(one, question=question, text=text, support=one.support if text == one.text else None)

    def example(self, person: str, example: ExampleRecord, beside: Sequence[str] = ()) -> ExampleRecord:
        """Question and answer; its passages are the documents' own words."""
        answer = str(example.draft.get("answer", ""))
        question, answer = self.together(person, example.question, answer, beside=beside)
        return replace(example, question=question, draft=example.draft | {"answer": answer})

    def task(self, person: str, task: TaskRecord) -> TaskRecord:
        title, words = self.together(person, task.title, task.words)
        return replace(task, title=title, words=words)


@lru_cache(KEPT)
def _hidden(texts: tuple[str, ...], beside: tuple[str, ...] = ()) -> tuple[str, ...]:
    veil = Veil([*beside, *texts])
    return tuple(map(veil.text, texts))
