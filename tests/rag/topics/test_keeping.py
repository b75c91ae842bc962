"""Topics kept up to date over a real database, with an embedding model that counts words."""

import threading

import pytest
from sqlalchemy import func, select

from rag.retrieval.embedding import Embedder
from rag.topics import keeping
from rag.topics.topics import Topics
from store import answers, conversations
from store.engine import Database
from store.models import QuestionVector, ReviewItem, Topic
from store.topics import Counted, count_vectors
from tests.fakes import HashEmbedder
from tests.store.asking import asked, finished, trace

PARKING = ("Where can guests park the car?", "Can guests park for free?", "Is there room to park for guests?")
LEAVE = ("How many days of annual leave?", "Annual leave days carried over?", "Who approves annual leave days?")
OPEN = threading.Event()


class OtherModel(HashEmbedder):
    name = "other"


def fill(database: Database, *questions: str, people: int = 4, state: str = "answered") -> list[int]:
    """Questions with answers, by people in turn; gives the answers' ids."""
    found = []
    with database.write() as session:
        for at, question in enumerate(questions):
            *_, answer_id = asked(session, question, f"person {at % people}")
            kept = trace(id=f"trace {answer_id}", query="")
            answers.finish(session, answer_id, finished(state=state), kept)
            found.append(answer_id)
    return found


def varied(*questions: str) -> list[str]:
    """Each in four forms that differ in one word."""
    return [f"{question} {word}" for question in questions for word in ("Today", "Tomorrow", "Berlin", "Urgent")]


def topics_of(database: Database, answer_ids: list[int]) -> list[str | None]:
    with database.read() as session:
        query = select(ReviewItem.message_id, Topic.label).outerjoin(Topic, Topic.id == ReviewItem.topic_id)
        labels = {row[0]: row[1] for row in session.execute(query)}
    return [labels[one] for one in answer_ids]


@pytest.fixture
def topics(database: Database) -> Topics:
    return Topics(database, HashEmbedder)


def test_questions_find_their_topics_and_those_get_names(database: Database, topics: Topics) -> None:
    parking = fill(database, *varied(*PARKING))
    leave = fill(database, *varied(*LEAVE))
    other = fill(database, "Zebras?", "Weather?")
    topics.keeping.keep_up(OPEN)
    labels = set(topics_of(database, parking)), set(topics_of(database, leave))
    assert [len(one) for one in labels] == [1, 1]
    assert "guests" in str(labels[0])
    assert "leave" in str(labels[1])
    assert topics_of(database, other) == [None, None]


def test_a_new_question_joins_the_topic_it_is_near_to(database: Database, topics: Topics) -> None:
    first = fill(database, *varied(*PARKING), *varied(*LEAVE))
    topics.keeping.keep_up(OPEN)
    (new,) = fill(database, "Where can guests park?")
    topics.keeping.keep_up(OPEN)
    assert topics_of(database, [new]) == topics_of(database, first[:1])


def test_a_name_somebody_gave_stays_when_questions_are_grouped_again(database: Database, topics: Topics) -> None:
    first = fill(database, *varied(*PARKING), *varied(*LEAVE))
    topics.keeping.keep_up(OPEN)
    with database.read() as session:
        topic_id = session.get_one(ReviewItem, first[0]).topic_id or 0
    topics.rename(topic_id, "  Cars   of guests ", by="person 1")
    new = fill(database, *varied(*PARKING), *varied(*PARKING))
    topics.keeping.keep_up(OPEN)
    assert set(topics_of(database, new)) == {"Cars of guests"}
    topics.rename(topic_id, "", by="person 1")
    fill(database, *varied(*PARKING), *varied(*LEAVE))
    topics.keeping.keep_up(OPEN)
    assert "guests" in str(topics_of(database, first[:1])[0])


def test_another_model_makes_other_vectors_and_topics_keep_their_questions(database: Database) -> None:
    first = fill(database, *varied(*PARKING), *varied(*LEAVE))
    models: list[Embedder] = [HashEmbedder()]
    topics = Topics(database, lambda: models[-1])
    topics.keeping.keep_up(OPEN)
    with database.read() as session:
        before = {row.id for row in session.scalars(select(Topic))}
    models.append(OtherModel())
    topics.keeping.keep_up(OPEN)
    with database.read() as session:
        assert set(session.scalars(select(QuestionVector.model))) == {"other"}
        assert {row.id for row in session.scalars(select(Topic))} == before
    assert None not in topics_of(database, first)


def test_vectors_go_with_their_questions_and_nothing_happens_without_a_model(database: Database) -> None:
    fill(database, *PARKING)
    Topics(database).keeping.keep_up(OPEN)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(QuestionVector)) == 0
    Topics(database, HashEmbedder).keeping.keep_up(OPEN)
    with database.write() as session:
        assert session.scalar(select(func.count()).select_from(QuestionVector)) == 3
        for conversation in conversations.history(session, "person 0"):
            conversations.forget(session, "person 0", conversation.id)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(QuestionVector)) == 2


def test_a_closing_house_leaves_the_rest_for_next_time(database: Database, topics: Topics) -> None:
    fill(database, *varied(*PARKING), *varied(*LEAVE))
    closing = threading.Event()
    closing.set()
    topics.keeping.keep_up(closing)
    with database.read() as session:
        assert session.scalars(select(Topic)).all() == []
    topics.keeping.keep_up(OPEN)
    with database.read() as session:
        assert len(session.scalars(select(Topic)).all()) == 2


def test_too_few_questions_have_no_topics(database: Database, topics: Topics) -> None:
    fill(database, *varied(*PARKING)[: keeping.FEWEST - 9])
    topics.keeping.keep_up(OPEN)
    assert topics.picture(30).topics[0].topic is None


def test_an_answer_that_ends_after_later_ones_is_not_passed_over(database: Database, topics: Topics) -> None:
    with database.write() as session:
        *_, long = asked(session, "How long?")
    fill(database, *PARKING)
    topics.keeping.keep_up(OPEN)
    with database.write() as session:
        answers.finish(session, long, finished(), trace(id="long"))
    topics.keeping.keep_up(OPEN)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(QuestionVector)) == 4


def test_an_idle_turn_reads_no_vector_and_no_question(database: Database, topics: Topics) -> None:
    last = fill(database, *varied(*PARKING), *varied(*LEAVE))[-1]
    for _ in range(2):  # what is counted is counted anew after each grouping
        topics.keeping.keep_up(OPEN)
    with database.read() as session:
        assert topics.keeping._seen_before == last + 1
        assert topics.keeping._counted == count_vectors(session, HashEmbedder.name) == Counted(24, last - 1)
        assert count_vectors(session, HashEmbedder.name, Counted(7, last)) == Counted(7, last)


def test_a_grouping_that_is_cut_off_is_done_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the process is killed: topics are there, and not all questions are put to them."""
    asked_ids = fill(database, *varied(*PARKING), *varied(*LEAVE))
    with monkeypatch.context() as patched:
        patched.setattr(keeping.Keeping, "_assign_all", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Topics(database, HashEmbedder).keeping.keep_up(OPEN)
    Topics(database, HashEmbedder).keeping.keep_up(OPEN)
    assert None not in topics_of(database, asked_ids)
