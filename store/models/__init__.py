"""The tables. SQL is the record of everything; the vector index is derived from it.

Only `store/` imports SQLAlchemy. Queries live beside this folder, one file a noun, and hand out the frozen
dataclasses of `store/records.py`, so that nothing above ever holds a session or a row.
"""

from store.models.about_answers import Citation, Feedback, Trace
from store.models.arrivals import Entry
from store.models.common import Model, Moment, now
from store.models.guarding import Example, GuardFinding, GuardReview, ModelDraft
from store.models.house import Fact, Prompt, PromptLabel
from store.models.library import (
    WAITING,
    Chunk,
    ChunkUse,
    Document,
    DocumentTag,
    DocumentText,
    EarlierText,
    ForgottenVector,
)
from store.models.outcomes import (
    ApprovedAnswer,
    Case,
    DocumentTask,
    Judgement,
    QuestionVector,
    Topic,
    VerifiedAnswer,
)
from store.models.reviewing import AuditEntry, ItemDue, ItemFacet, Reply, ReviewEvent, ReviewItem, SavedFilter
from store.models.serving import ClientKey, ModelCall, ModelHealth, RateWindow, Spending
from store.models.talk import Conversation, Message, Person
from store.models.visits import Signal, SourceConflict, Visit

__all__ = [
    "WAITING",
    "ApprovedAnswer",
    "AuditEntry",
    "Case",
    "Chunk",
    "ChunkUse",
    "Citation",
    "ClientKey",
    "Conversation",
    "Document",
    "DocumentTag",
    "DocumentTask",
    "DocumentText",
    "EarlierText",
    "Entry",
    "Example",
    "Fact",
    "Feedback",
    "ForgottenVector",
    "GuardFinding",
    "GuardReview",
    "ItemDue",
    "ItemFacet",
    "Judgement",
    "Message",
    "Model",
    "ModelCall",
    "ModelDraft",
    "ModelHealth",
    "Moment",
    "Person",
    "Prompt",
    "PromptLabel",
    "QuestionVector",
    "RateWindow",
    "Reply",
    "ReviewEvent",
    "ReviewItem",
    "SavedFilter",
    "Signal",
    "SourceConflict",
    "Spending",
    "Topic",
    "Trace",
    "VerifiedAnswer",
    "Visit",
    "now",
]
