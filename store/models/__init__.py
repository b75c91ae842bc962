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
from store.models.serving import ClientKey, ModelCall, ModelHealth, RateWindow, Spending
from store.models.talk import Conversation, Message, Person

__all__ = [
    "WAITING",
    "Chunk",
    "ChunkUse",
    "Citation",
    "ClientKey",
    "Conversation",
    "Document",
    "DocumentTag",
    "DocumentText",
    "EarlierText",
    "Entry",
    "Example",
    "Fact",
    "Feedback",
    "ForgottenVector",
    "GuardFinding",
    "GuardReview",
    "Message",
    "Model",
    "ModelCall",
    "ModelDraft",
    "ModelHealth",
    "Moment",
    "Person",
    "Prompt",
    "PromptLabel",
    "RateWindow",
    "Spending",
    "Trace",
    "now",
]
