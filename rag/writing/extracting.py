"""The documents' own words as the end of an answer: behind a beginning that can be checked, or instead of it."""

from dataclasses import dataclass

from rapidfuzz import fuzz

from guards.schema import Draft
from rag.citations import claim_sources, claimed, unmarked
from rag.retrieval.embedding import Embedder
from rag.task import Task, Written
from rag.writers import extractive
from rag.writing.joining import SAME
from rag.writing.words import whole_sentences


@dataclass(frozen=True, slots=True)
class Extract:
    """The finished draft; `written` is its text, of which `kept` was shown before."""

    draft: Draft
    written: Written
    kept: Written

    @property
    def added(self) -> str:
        return self.written.text[len(self.kept.text) :]


def extract(task: Task, embedder: Embedder | None) -> Extract:
    """The sentences that answer best, behind the whole sentences of a beginning in which a footnote holds."""
    chosen = extractive.choose(task.query.text, task.passages, embedder) if task.retrieval.relevant else []
    left = task.written.settled
    left = left.until(len(whole_sentences(left.text).rstrip()))
    claims = [] if task.looking.stops(left.text) else claim_sources(left.text, task.passages)
    kept = left.mapped(lambda text: claimed(text, claims)) if claims else Written()
    said = [unmarked(sentence) for sentence in kept.text.splitlines()]
    more = extractive.draft([s for s in chosen if not any(_says(line, s.text) for line in said)])
    written = kept.more(extractive.NAME, ("\n\n" if kept.text else "") + more.answer) if more.answer else kept
    draft = Draft(answer=written.text, citations=[*claims, *more.citations], answerable=bool(claims) or more.answerable)
    return Extract(draft, written, kept)


def _says(line: str, sentence: str) -> bool:
    return fuzz.partial_ratio(" ".join(sentence.split()), line) >= SAME
