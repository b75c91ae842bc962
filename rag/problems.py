"""What can go wrong with an answer, in words for the reader. Details go to the log, never to the page.

Each problem says what happened, what was kept and what to do. `kind` is what is stored.
"""

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
    "model_refused",
    "unverified",
    "vectors_warming",
    "vectors_elsewhere",
    "vectors_damaged",
    "database_locked",
    "database_unavailable",
    "library_empty",
    "question_empty",
    "shutting_down",
    "interrupted",
    "bug",
]


class PartMissing(Exception):
    """A part of the app could not be loaded; the log says why."""


@dataclass(frozen=True, slots=True)
class Problem:
    happened: str
    todo: str

    @property
    def sentence(self) -> str:
        return f"{self.happened} {self.todo}"


_FROM_DOCUMENTS = "What you see are the documents' own words."

CATALOGUE: dict[Kind, Problem] = {
    "model_unreachable": Problem("The language model cannot be reached.", "Your question is saved; try again later."),
    "model_unauthorized": Problem(
        "The language model did not accept our key.", "Your question is saved; please tell whoever runs this app."
    ),
    "model_rate_limited": Problem(
        "The language model is too busy for us right now.", "Your question is saved; try again in a minute."
    ),
    "model_error": Problem("The language model had an error of its own.", "Your question is saved; try again."),
    "model_timeout": Problem("The language model took too long.", "Your question is saved; try again."),
    "model_cut": Problem("The line to the language model broke.", "What had arrived is kept; try again."),
    "model_garbled": Problem(
        "The language model's answer came in a form we cannot use.", "Your question is saved; try again."
    ),
    "model_refused": Problem(
        "The language model did not accept the question in this form.", "Your question is saved; try other words."
    ),
    "unverified": Problem(
        "The language model's answer could not be checked against the documents, so it is not shown.",
        "You can try again.",
    ),
    "vectors_warming": Problem(
        "The app was still warming up, so this was found by words alone, not by meaning.", "You can try again."
    ),
    "vectors_elsewhere": Problem(
        "The search by meaning is not available here, so this was found by words alone.", "You can try again later."
    ),
    "vectors_damaged": Problem(
        "The search by meaning is being repaired, so this was found by words alone.", "You can try again in a minute."
    ),
    "database_locked": Problem(
        "The app's memory is busy and your question could not be saved.",
        "It is still here in the box below; send it again.",
    ),
    "database_unavailable": Problem(
        "The app's memory cannot be reached and nothing could be saved.",
        "Your question is still here in the box below; send it again in a moment.",
    ),
    "library_empty": Problem("There are no documents yet, so there is nothing to answer from.", "Add some first."),
    "question_empty": Problem("There is no question in that.", "Write a few words and send them."),
    "shutting_down": Problem("The app is being restarted.", "Your question is saved; ask again in a moment."),
    "interrupted": Problem("The app stopped in the middle of this answer.", "What had arrived is kept; ask again."),
    "bug": Problem(
        "Something went wrong on our side.", "Your question is saved; try again, and tell us if it happens twice."
    ),
}


def problem(kind: str) -> Problem:
    """The problem of a stored kind; an unknown one, stored by another version, gets the general words."""
    return next((known for name, known in CATALOGUE.items() if name == kind), CATALOGUE["bug"])


def sentence(kind: str) -> str:
    """What happened, what was kept and what to do."""
    return problem(kind).sentence


def notice(kind: str) -> str:
    """The words beside an answer that another writer finished because of this problem."""
    return (
        f"{problem(kind).happened} {_FROM_DOCUMENTS}"
        if kind.startswith("model_") or kind == "unverified"
        else sentence(kind)
    )
