"""What readers are told when guards let a question or an answer not pass."""

from guards.verdicts import Ruling
from rag.types import Answer

OTHERWISE = "Ask it in other words, about the documents."


def refusal(ruling: Ruling) -> str:
    """The reasons, and what to do."""
    return f"{ruling.words('ask_again', 'refuse')} {OTHERWISE}"


def refused(ruling: Ruling) -> Answer:
    """The answer to a question that is not asked."""
    return Answer(refusal(ruling), "refused")
