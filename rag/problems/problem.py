"""What a failure is, in words for readers and for who runs the app."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "model_unreachable",
    "model_unauthorized",
    "model_rate_limited",
    "model_error",
    "model_timeout",
    "model_cut",
    "model_garbled",
    "model_empty",
    "model_filtered",
    "model_too_long",
    "model_refused",
    "model_busy",
    "model_resting",
    "unverified",
    "answer_cut",
    "budget_near",
    "budget_spent",
    "vectors_warming",
    "vectors_elsewhere",
    "vectors_damaged",
    "database_locked",
    "database_unavailable",
    "disk_full",
    "search_failed",
    "library_empty",
    "question_empty",
    "too_many_questions",
    "queue_full",
    "shutting_down",
    "interrupted",
    "bug",
]

SAVED = "Your question is saved."
IN_THE_BOX = "Your question is still here in the box below."


@dataclass(frozen=True, slots=True)
class Problem:
    happened: str
    kept: str  # what was kept; empty where there is nothing to say
    todo: str  # what the reader can do
    operator: str  # what it is and what helps, for who runs the app

    @property
    def sentence(self) -> str:
        return " ".join(filter(None, (self.happened, self.kept, self.todo)))
