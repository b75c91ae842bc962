"""The recorder of what readers do: every kind, with consent alone, and in nobody's way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from rag import signals as recorder
from rag.likeness import likeness
from rag.sections import Feedback
from rag.signals import PER_MINUTE, Signals
from store import answers
from store.engine import Database, Unavailable
from store.models import Message, Signal, now
from tests.store.asking import ANA, BEN, asked, finished, trace

QUESTION, IN_OTHER_WORDS = "How late may guests stay?", "Until how late may guests stay here?"


@pytest.fixture
def signals(database: Database) -> Signals:
    return opened(database)


def opened(database: Database, **settings: str) -> Signals:
    """Its thread stands still: what is noted is stored by hand."""
    return Signals(database, Feedback.model_validate(settings), likeness(lambda: None))


def answer(
    database: Database, question: str = QUESTION, *, ago: timedelta = timedelta(), took: timedelta = timedelta()
) -> int:
    """An answer that was begun so long ago."""
    with database.write() as session:
        _, question_id, answer_id = asked(session, question)
        answers.finish(session, answer_id, finished(), trace(id=f"t{answer_id}"))
        for one in (question_id, answer_id):
            session.get_one(Message, one).created_at = now() - ago
        session.get_one(Message, answer_id).finished_at = now() - ago + took
    return answer_id


def kept(database: Database) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    with database.read() as session:
        for answer_id, kind in session.execute(select(Signal.message_id, Signal.kind)):
            found.setdefault(answer_id, set()).add(kind)
    return found


def after_asking(
    database: Database, signals: Signals, question: str, *, suggested: bool = False, **before: timedelta
) -> set[str]:
    """What is noted of an answer when this is asked next."""
    first = answer(database, **before)  # type: ignore[arg-type]
    signals.asked(ANA, answer(database, question), suggested=suggested)
    signals.flush()
    return kept(database).get(first, set())


@contextmanager
def away(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    @contextmanager
    def refuse() -> Iterator[None]:
        raise Unavailable("unable to open database file")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(database, "write", refuse)
        yield


@pytest.mark.parametrize("kind", ["copied", "citation_opened", "stopped", "left", "follow_up"])
@pytest.mark.parametrize(("actions", "consent"), [("off", True), ("ask", None), ("on", False), ("on", None)])
def test_each_kind_is_noted_with_consent_alone(
    database: Database, kind: str, actions: str, *, consent: bool | None
) -> None:
    with database.write() as session:
        *_, answer_id = asked(session)
    signals = opened(database, actions=actions)
    if consent is not None:
        signals.allow(ANA, allowed=consent)
    if kind == "follow_up":
        signals.asked(ANA, answer_id + 1, offered_by=answer_id)
    else:
        signals.note(ANA, answer_id, kind)  # type: ignore[arg-type]
    signals.flush()
    allowed = (actions, consent) == ("on", None)
    assert kept(database) == ({answer_id: {kind}} if allowed else {})
    assert signals.allowed(ANA) is allowed


@pytest.mark.parametrize("consent", [True, False])
@pytest.mark.parametrize(
    ("question", "ago", "kind"),
    [
        (IN_OTHER_WORDS, timedelta(seconds=50), "rephrased"),
        (QUESTION, timedelta(minutes=20), "asked_again"),
        ("Where is the key?", timedelta(hours=1), "returned"),
    ],
)
def test_a_question_says_something_about_the_answer_before_it(
    database: Database, signals: Signals, question: str, ago: timedelta, kind: str, *, consent: bool
) -> None:
    answer(database, "The very first question", ago=timedelta(days=30))
    signals.allow(ANA, allowed=consent)
    assert after_asking(database, signals, question, ago=ago) == ({kind} if consent else set())


@pytest.mark.parametrize(
    ("question", "before"),
    [
        (IN_OTHER_WORDS, {"ago": timedelta(seconds=70)}),
        (IN_OTHER_WORDS, {"ago": timedelta(seconds=10), "took": timedelta(seconds=20)}),  # it was still being written
        ("Where is the key?", {"ago": timedelta(seconds=5)}),
        (QUESTION, {"ago": timedelta(days=8)}),
    ],
)
def test_another_question_says_nothing(
    database: Database, signals: Signals, question: str, before: dict[str, timedelta]
) -> None:
    assert after_asking(database, signals, question, **before) == set()


def test_a_long_answer_is_rephrased_within_a_minute_of_its_end(database: Database, signals: Signals) -> None:
    took = {"ago": timedelta(seconds=100), "took": timedelta(seconds=80)}
    assert after_asking(database, signals, IN_OTHER_WORDS, **took) == {"rephrased"}


def test_a_suggested_question_is_no_rephrased_one(database: Database, signals: Signals) -> None:
    assert after_asking(database, signals, IN_OTHER_WORDS, suggested=True) == set()


def test_a_question_asked_again_speaks_of_its_own_answer(database: Database, signals: Signals) -> None:
    with database.write() as session:
        conversation_id, question_id, first = asked(session)
        asked(session, "Where is the key?")
        again = answers.begin(session, conversation_id, question_id, "process")
    signals.asked(ANA, again)
    signals.flush()
    assert kept(database) == {first: {"asked_again"}}


def test_what_was_taken_back_in_time_was_never_noted(database: Database, signals: Signals) -> None:
    answer_id = answer(database)
    assert signals.heard(ANA, answer_id, "left")
    assert signals.heard(ANA, answer_id, "left", undone=True)
    signals.flush()
    assert kept(database) == {}


def test_a_browser_is_not_heard_too_often(database: Database, signals: Signals) -> None:
    taken = [signals.heard(ANA, 1, "copied") for _ in range(PER_MINUTE + 1)]
    assert (taken.count(True), taken[-1], signals.heard(BEN, 1, "copied")) == (PER_MINUTE, False, True)


def test_without_the_database_what_was_noted_waits(
    database: Database, signals: Signals, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = answer(database), answer(database)
    with away(database, monkeypatch):
        signals.note(ANA, first, "copied")
        signals.flush()
        signals.note(ANA, second, "copied")
        signals.flush()
    signals.flush()
    assert (set(kept(database)), signals.lost) == ({first, second}, 0)
    assert [record.message for record in caplog.records] == [
        "Signals cannot be noted yet: unable to open database file"
    ]  # once


def test_what_there_is_no_room_for_is_counted(
    database: Database, signals: Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "MOST_WAITING", 2)
    for _ in range(3):
        signals.note(ANA, 1, "copied")
    assert signals.lost == 1
    with away(database, monkeypatch):
        signals.close()
    assert signals.lost == 3


def test_nobody_waits_while_the_database_is_locked(database: Database, signals: Signals) -> None:
    answer_id = answer(database)
    signals.start()
    with database.write():
        signals.note(ANA, answer_id, "copied")  # this thread holds the lock: it could not wait
    signals.close()
    assert kept(database) == {answer_id: {"copied"}}
    assert "signals" not in {thread.name for thread in threading.enumerate()}


def test_what_was_noted_is_deleted_with_what_still_waits(database: Database, signals: Signals) -> None:
    answer_id = answer(database)
    signals.note(ANA, answer_id, "copied")
    signals.flush()
    assert signals.counts(ANA) == {"copied": 1}
    signals.note(ANA, answer_id, "left")
    signals.forget(ANA)
    assert signals.counts(ANA) == {}
