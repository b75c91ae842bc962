"""Whose words an answer is that did not come as usual."""

from rag.problems import Ending
from rag.writers.extractive import NAME as EXTRACTIVE
from store.records import AnswerRecord, TraceRecord


def ending(answer: AnswerRecord, trace: TraceRecord | None) -> Ending:
    """Another model's, the documents' own, those after a model's, or what a model had said before it broke off."""
    if answer.writer not in (None, EXTRACTIVE):
        return "model"
    writers = {part["writer"] for part in trace.parts} if trace else set()
    if writers <= {EXTRACTIVE}:
        return "documents"
    return "joined" if EXTRACTIVE in writers else "kept"
