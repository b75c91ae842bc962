"""What the queries hand out: plain frozen data, safe to keep, to pass between threads and to show."""

from store.records.library import (
    CaseRecord,
    ChunkRecord,
    DocumentOrder,
    DocumentRecord,
    DocumentState,
    EntryRecord,
    EntryState,
    UseCounts,
    UseRecord,
    Wanted,
)
from store.records.talk import (
    AnswerRecord,
    AnswerState,
    CitationRecord,
    ConversationRecord,
    FeedbackRecord,
    PromptRecord,
    QuestionRecord,
    RatedAnswerRecord,
    Rating,
    TraceRecord,
)

__all__ = [
    "AnswerRecord",
    "AnswerState",
    "CaseRecord",
    "ChunkRecord",
    "CitationRecord",
    "ConversationRecord",
    "DocumentOrder",
    "DocumentRecord",
    "DocumentState",
    "EntryRecord",
    "EntryState",
    "FeedbackRecord",
    "PromptRecord",
    "QuestionRecord",
    "RatedAnswerRecord",
    "Rating",
    "TraceRecord",
    "UseCounts",
    "UseRecord",
    "Wanted",
]
