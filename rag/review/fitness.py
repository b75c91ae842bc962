"""What can be a verified answer: a question that stands alone, footnotes that stand in the documents as they are."""

from collections.abc import Sequence

from guards.rules import markers
from rag.examples import Unfit
from rag.review import standing
from rag.review.forms import Form, formed
from rag.review.passing import Look, Stopped, Wording
from rag.review.standing import Grounds, Moved, Placed
from rag.review.veil import INSTEAD
from store.records import AnswerRecord, CitationRecord

LONGEST = 2000  # characters of a question


def documents_of(citations: Sequence[CitationRecord]) -> set[int]:
    return {one.document_id for one in citations if one.document_id is not None}


def fit_question(question: str) -> Form:
    """Raises Unfit for a question that cannot be matched."""
    if not question or len(question) > LONGEST:
        raise Unfit(f"A question has words, and {LONGEST:,} characters at most.")
    form = formed(question)
    if form is None or not form.content:
        raise Unfit("This question leans on the talk before it. Say what it is about, without “it”, “they” or “she”.")
    return form


def fit_words(question: str, text: str, answer: str) -> None:
    """Raises Unfit for words with a mark in the place of personal data that its reviewer did not see."""
    for words in (question, text):
        hidden = INSTEAD.search(words)
        if hidden and hidden[0] not in answer:
            raise Unfit(f"{hidden[0]} stands for something hidden from you. Say it in words that need no such mark.")


def fit_citations(answer: AnswerRecord, text: str) -> list[CitationRecord]:
    """The footnotes of the answer that a text has. Raises Unfit."""
    numbers = set(markers(text))
    if answer.state not in ("answered", "stopped") or not answer.citations:
        raise Unfit("Only an answer with footnotes can be verified: they tell when it is out of date.")
    if not numbers:
        raise Unfit(
            "The approved text has no footnote numbers like [1]; without them nothing tells when it is out of date."
        )
    if missing := sorted(numbers - {one.number for one in answer.citations}):
        raise Unfit(f"There is no footnote [{missing[0]}].")
    return [one for one in answer.citations if one.number in numbers]


def fit_places(citations: Sequence[CitationRecord], ground: Grounds) -> Placed:
    try:
        return standing.placed(citations, ground)
    except Moved as why:
        raise Unfit(str(why)) from why


def fit_guards(look: Look, wording: Wording) -> None:
    """Raises Unfit for a text that the guards of answers would not have shown."""
    try:
        look(wording)
    except Stopped as why:
        raise Unfit(str(why)) from why
