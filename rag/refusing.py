"""What readers are told when guards let a question or an answer not pass: the reasons, which say what to do."""

from guards.verdicts import STOPPING, Ruling
from rag.types import Answer


def refusal(ruling: Ruling) -> str:
    """The reasons, and what to do."""
    return ruling.words(*STOPPING)


def refused(ruling: Ruling) -> Answer:
    """The answer to a question that is not asked."""
    return Answer(refusal(ruling), "refused")
