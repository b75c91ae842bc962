"""The catalogue of failures: what the reader sees, what was kept, what they can do, and what the operator is told.

Words for readers carry no details; those go to the log. `kind` is what is stored.
"""

from typing import Literal

from rag.problems.of_models import OF_MODELS
from rag.problems.of_the_house import OF_THE_HOUSE
from rag.problems.problem import Kind, Problem

__all__ = ["CATALOGUE", "Ending", "Kind", "PartMissing", "Problem", "notice", "problem", "sentence"]

Ending = Literal["documents", "joined", "kept", "model"]  # the documents' words alone, or behind a model's; a model's
CATALOGUE: dict[Kind, Problem] = OF_MODELS | OF_THE_HOUSE
_ENDINGS: dict[Ending, str] = {
    "documents": "What you see are the documents' own words.",
    "joined": "The beginning by a language model is kept; the documents' own words follow.",
    "kept": "The beginning by a language model is kept.",
    "model": "Another language model finished this answer.",
}


class PartMissing(Exception):
    """A part of the app could not be loaded; the log says why."""


def problem(kind: str) -> Problem:
    """The problem of a stored kind; an unknown one, stored by another version, gets the general words."""
    return next((known for name, known in CATALOGUE.items() if name == kind), CATALOGUE["bug"])


def sentence(kind: str, *, in_box: bool = True, retry_after_s: int | None = None) -> str:
    """What happened, what was kept and what to do: when to come back, if that is known.

    `in_box` says whether the question went back into the box; an earlier one that was to be asked again did not.
    """
    known = problem(kind)
    todo = known.todo if retry_after_s is None else f"Send it again in {_span(retry_after_s)}."
    return " ".join(filter(None, (known.happened, known.kept if in_box else "", todo)))


def notice(kind: str, ending: Ending = "documents") -> str:
    """The words beside an answer that another writer finished because of this problem, with what its words are."""
    if not (kind.startswith("model_") or kind in ("unverified", "budget_spent")):
        return sentence(kind)
    return f"{problem(kind).happened} {_ENDINGS[ending]}"


def _span(seconds: int) -> str:
    if seconds > 90:
        return f"{-(-seconds // 60)} minutes"
    return "a second" if seconds == 1 else f"{seconds} seconds"
