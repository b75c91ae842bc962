"""What is written when an answer is begun: the answer itself, and what counts its question."""

from sqlalchemy.orm import Session

from store import answers, conversations, spending, visits


def begin(session: Session, person_id: str, conversation_id: str, question_id: int, owner: str) -> int:
    """Stores an answer that the process `owner` is about to write, and gives its id."""
    conversations.touch(session, conversation_id)
    spending.add(session, person_id, questions=1)
    visits.question(session, person_id)
    return answers.begin(session, conversation_id, question_id, owner)
