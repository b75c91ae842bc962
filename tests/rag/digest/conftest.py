"""A house's database with answers of known days."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import update

from rag.desk import Desk
from rag.digest.report import Report
from rag.settings import Settings
from store import answers, feedback, items
from store.engine import Database
from store.models import Message
from store.records import AnswerState, FeedbackRecord, Rating
from tests.store.asking import ANA, asked, finished, trace

LAST = date(2026, 6, 14)  # a Sunday
Say = Callable[..., int]
Of = Callable[..., Report]


@pytest.fixture
def say(database: Database) -> Say:
    """An answer of a day, rated and commented or not; gives its id."""

    def answered(
        day: date = LAST,
        question: str = "How late?",
        rating: Rating = 0,
        comment: str = "",
        person: str = ANA,
        state: AnswerState = "answered",
    ) -> int:
        at = datetime.combine(day, time(12), UTC)
        with database.write() as session:
            *_, answer_id = asked(session, question, person)
            answers.finish(
                session, answer_id, finished(state=state), trace(id=f"t{answer_id}", cost_usd=0.01, query=question)
            )
            session.execute(update(Message).where(Message.id == answer_id).values(created_at=at))
            if rating:
                said = FeedbackRecord(rating, ("Wrong",) if rating < 0 else (), comment, None, at)
                feedback.give(session, person, answer_id, said)
            items.refresh(session, [answer_id])
        return answer_id

    return answered


@pytest.fixture
def of(database: Database, settings: Settings) -> Of:
    """The report of the week until LAST, or another one."""

    def report(**wanted: object) -> Report:
        return Desk(settings, database).reports.of(**({"until": LAST} | wanted))  # type: ignore[arg-type]

    return report
