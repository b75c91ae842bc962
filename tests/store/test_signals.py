"""Signals: counted for one's own answers, with consent, and gone with their conversation."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store import answers, conversations, people, signals
from store.engine import Database
from store.models import ItemFacet, Message, ReviewItem, Signal, now
from store.records import ActRecord, SignalKind
from tests.store.asking import ANA, BEN, asked, finished, trace


def act(answer_id: int, kind: SignalKind = "copied", person: str = ANA, **more: object) -> ActRecord:
    return ActRecord(person, answer_id, kind, more.pop("at", now()), **more)  # type: ignore[arg-type]


def answered(session: Session, person: str = ANA) -> tuple[str, int]:
    conversation_id, _, answer_id = asked(session, person=person)
    answers.finish(session, answer_id, finished(), trace(id=f"t{answer_id}"))
    return conversation_id, answer_id


def kept(session: Session) -> list[tuple[int, str, int, str]]:
    session.flush()
    found = session.execute(select(Signal.message_id, Signal.kind, Signal.count, Signal.detail))
    return sorted(tuple(one) for one in found)


def keep(session: Session, *acts: ActRecord, unless_refused: bool = True) -> int:
    return signals.keep(session, acts, unless_refused=unless_refused)


def test_the_same_act_counts_up_and_keeps_which_footnotes(database: Database) -> None:
    with database.write() as session:
        _, answer_id = answered(session)
        acts = [act(answer_id, "citation_opened", detail=number) for number in ("10", "2", "10")]
        assert keep(session, *acts[:1]) == 1
        assert keep(session, *acts[1:], act(answer_id)) == 3
        assert kept(session) == [(answer_id, "citation_opened", 3, "2, 10"), (answer_id, "copied", 1, "")]


def test_what_was_done_changes_the_item_in_the_same_transaction(database: Database) -> None:
    with database.write() as session:
        _, answer_id = answered(session)
        keep(session, act(answer_id, "left"))
        assert session.scalars(select(ItemFacet.label).where(ItemFacet.kind == "signal")).all() == ["left"]
        assert not session.get_one(ReviewItem, answer_id, populate_existing=True).resolved
        keep(session, act(answer_id, "left", undone=True))
        assert kept(session) == []
        assert session.get_one(ReviewItem, answer_id, populate_existing=True).resolved


def test_nobody_adds_to_or_takes_back_from_the_answers_of_others(database: Database) -> None:
    with database.write() as session:
        _, answer_id = answered(session)
        answered(session, BEN)
        keep(session, act(answer_id, "left"))
        assert keep(session, act(answer_id, person=BEN), act(answer_id, "left", BEN, undone=True), act(999)) == 0
        assert keep(session, act(answer_id - 1)) == 0  # the question
        assert kept(session) == [(answer_id, "left", 1, "")]


@pytest.mark.parametrize(
    ("consent", "unless_refused", "expected"),
    [(None, True, 1), (True, True, 1), (False, True, 0), (None, False, 0), (True, False, 1), (False, False, 0)],
)
def test_without_consent_nothing_is_kept(
    database: Database, *, consent: bool | None, unless_refused: bool, expected: int
) -> None:
    with database.write() as session:
        _, answer_id = answered(session)
        if consent is not None:
            people.say(session, ANA, consent=consent)
        assert keep(session, act(answer_id), unless_refused=unless_refused) == expected
        assert len(kept(session)) == expected


def test_an_answer_that_had_ended_by_itself_was_not_stopped(database: Database) -> None:
    with database.write() as session:
        _, ended = answered(session)
        *_, writing = asked(session)
        assert keep(session, act(ended, "stopped"), act(writing, "stopped")) == 1
        assert kept(session) == [(writing, "stopped", 1, "")]


def test_a_person_takes_all_of_theirs_back(database: Database) -> None:
    with database.write() as session:
        (_, own), (_, other) = answered(session), answered(session, BEN)
        keep(session, act(own, "left"), act(own), act(own), act(other, person=BEN))
        assert signals.counts(session, ANA) == {"left": 1, "copied": 2}
        signals.forget(session, ANA)
        assert (signals.counts(session, ANA), signals.counts(session, BEN)) == ({}, {"copied": 1})
        assert session.get_one(ReviewItem, own, populate_existing=True).resolved


def test_a_deleted_conversation_takes_its_signals_along(database: Database) -> None:
    with database.write() as session:
        conversation_id, answer_id = answered(session)
        keep(session, act(answer_id))
        conversations.forget(session, ANA, conversation_id)
        assert kept(session) == []


def test_the_answer_before_is_the_persons_own_in_any_conversation(database: Database) -> None:
    with database.write() as session:
        *_, first = asked(session, "How late?")
        asked(session, "Whose?", BEN)
        *_, second = asked(session, "Until when?")
        before = signals.earlier(session, ANA, second)
        assert before is not None
        assert (before.answer_id, before.question, before.question_now) == (first, "How late?", "Until when?")
        assert (before.ended_at, before.repeats) == (None, None)
        assert signals.earlier(session, ANA, first) is None
        assert signals.earlier(session, BEN, second) is None


def test_a_question_asked_again_names_the_answer_it_repeats(database: Database) -> None:
    with database.write() as session:
        conversation_id, question_id, first = asked(session)
        *_, between = asked(session, "Another one")
        again = answers.begin(session, conversation_id, question_id, "process")
        session.get_one(Message, between).created_at = earlier_then = now() - timedelta(days=1)
        before = signals.earlier(session, ANA, again)
        assert before is not None
        assert (before.answer_id, before.repeats, moment(before.asked_at)) == (between, first, moment(earlier_then))


def moment(at: datetime) -> str:
    return at.isoformat()
