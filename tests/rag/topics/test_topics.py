"""Topics as the Quality page shows them."""

from datetime import timedelta

from sqlalchemy import update

from rag.topics.topics import Topics
from store import feedback, topics
from store.engine import Database
from store.models import ReviewItem, Trace, now
from store.records import FeedbackRecord
from tests.rag.topics.test_keeping import fill


def topic(database: Database, label: str, *answer_ids: int) -> int:
    with database.write() as session:
        topic_id = topics.put(session, None, label, [label], b"")
        items = update(ReviewItem).where(ReviewItem.message_id.in_(answer_ids))
        session.execute(items.values(topic_id=topic_id))
        return topic_id


def aged(database: Database, days: int, *answer_ids: int) -> None:
    day = now().date() - timedelta(days=days)
    with database.write() as session:
        session.execute(update(ReviewItem).where(ReviewItem.message_id.in_(answer_ids)).values(day=day))


def test_a_period_is_counted_beside_the_one_before(database: Database) -> None:
    cars, leave = fill(database, *["Cars?"] * 6), fill(database, *["Leave?"] * 4, state="not_found")
    topic_id = topic(database, "cars", *cars)
    aged(database, 10, *cars[:4])
    with database.write() as session:
        feedback.give(session, "person 0", cars[4], FeedbackRecord(1, (), "", None, now()))
    picture = Topics(database).picture(7)
    first, other = picture.topics
    assert (picture.asked, picture.asked_before) == (6, 4)
    assert (first.topic and first.topic.id, first.now.asked, first.before.asked, first.now.rated_up) == (
        topic_id, 2, 4, 1,
    )  # fmt: skip
    assert (other.topic, other.now.asked, other.now.not_found) == (None, 4, 4)
    assert (sum(first.along), len(first.along)) == (2, 7)
    assert first.change[1] < 0  # from all to two of six
    assert len(leave) == 4


def test_beside_a_period_without_questions_no_change_is_known(database: Database) -> None:
    fill(database, "Cars?", "Leave?")
    [only] = Topics(database).picture(7).topics
    assert only.change == (-1, 1)


def test_examples_are_the_latest_different_questions(database: Database) -> None:
    asked = fill(database, "One?", "Two?", "one?", "Three?")
    topic_id = topic(database, "numbers", *asked)
    assert [one.text for one in Topics(database).examples(topic_id, 2)] == ["Three?", "one?"]


def test_gaps_come_with_the_documents_nearest_to_them(database: Database) -> None:
    fill(database, "Where is the gym?", "Where is the gym", state="not_found")
    fill(database, "Where is the bar?")
    read = Topics(database)
    (gap,) = read.gaps(30)
    assert (gap.times, gap.people) == (2, 2)
    assert read.with_nearest([gap])[0].near == ()
    near = {"document_id": 3, "document": "Bars", "relevance": 0.2}
    with database.write() as session:
        session.execute(update(Trace).values(passages=[near, near | {"relevance": 0.4}]))
    assert [(one.document, one.relevance) for one in read.with_nearest([gap])[0].near] == [("Bars", 0.4)]
