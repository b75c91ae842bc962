"""The list of the inbox: every filter, every order, a page at a time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from store import answers, conversations, feedback, inbox, inbox_options, items
from store.engine import Database
from store.models import ItemFacet, Message, Person, ReviewItem, Signal, SourceConflict, Topic
from store.records import FeedbackRecord, FindingRecord, SupportRecord
from store.records.inbox import ItemFilter, ItemOrder
from tests.store.asking import ANA, added, asked, citation, finished, trace

EVERYTHING = ItemFilter()
FIRST, SECOND, THIRD, FOURTH = 1, 2, 3, 4


def given(rating: Any = 0, **changes: Any) -> FeedbackRecord:
    values = {"reasons": (), "comment": "", "correction": None, "created_at": datetime.now(UTC)}
    return FeedbackRecord(rating, **(values | changes))


def answered(session: Session, number: int, said: str, day: date, **changes: Any) -> int:
    *_, answer_id = asked(session, said)
    told = trace(id=f"t{number}", **{"timings_ms": {"total": 100.0 * number}, "cost_usd": 1 / number, **changes})
    writer = "big" if number == FIRST else "small"
    sentences = {"sentences": 4, "supported": number} if number != FOURTH else {}
    cited = (citation(added(session, "In the hall."), document="Rules"),) if number == SECOND else ()
    state = "not_found" if number == FOURTH else "answered"
    ended = finished(f"Answer {number}.", writer=writer, state=state, citations=cited, **sentences)
    answers.finish(session, answer_id, ended, told)
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    session.execute(update(Message).where(Message.id == answer_id).values(created_at=moment))
    return answer_id


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@pytest.fixture
def ids(session: Session) -> dict[int, int]:
    """Four answers by their numbers, each with something of its own."""
    weak = (SupportRecord(0, 5, "weak", "why"),)
    insult = FindingRecord("question", "toxicity", "insult", "It insults.", "flag")
    first = answered(session, FIRST, "How warm is the pool?", date(2026, 3, 1), prompt="answer@2", support=weak)
    second = answered(session, SECOND, "Where is the hall?", date(2026, 3, 2))
    third = answered(session, THIRD, "Who opens the shop?", date(2026, 3, 3), findings=(insult,))
    fourth = answered(session, FOURTH, "When is lunch?", date(2026, 3, 4))
    feedback.give(session, ANA, second, given(-1, reasons=("Wrong",), comment="Moved in May."))
    feedback.give(session, ANA, third, given(1, correction="The baker."))
    session.add_all([Signal(message_id=first, kind="rephrased"), Topic(id=7, label="meals", centre=b"")])
    session.add(
        SourceConflict(message_id=third, kind="date", first=1, second=2, first_words="", second_words="", why="")
    )
    session.add(Person(id="bea", name="Bea"))
    items.refresh(session, [first, second, third, fourth])
    session.add(ItemFacet(message_id=fourth, kind="tag", label="food"))
    own = {"topic_id": 7, "status": "in_review", "assignee": "bea", "appealed": True}
    session.execute(update(ReviewItem).where(ReviewItem.message_id == fourth).values(own))
    session.flush()
    return {FIRST: first, SECOND: second, THIRD: third, FOURTH: fourth}


def numbers(ids: dict[int, int], found: list[int]) -> list[int]:
    return [next(number for number, one in ids.items() if one == wanted) for wanted in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"rating": -1}, {SECOND}),
        ({"rating": 0}, {FIRST, FOURTH}),
        ({"corrected": True}, {THIRD}),
        ({"corrected": False}, {FIRST, SECOND, FOURTH}),
        ({"appealed": True}, {FOURTH}),
        ({"resolved": True}, {THIRD}),
        ({"reason": "Wrong"}, {SECOND}),
        ({"signal": "rephrased"}, {FIRST}),
        ({"support": "weak"}, {FIRST}),
        ({"guard": "toxicity"}, {THIRD}),
        ({"conflict": "date"}, {THIRD}),
        ({"state": "not_found"}, {FOURTH}),
        ({"writer": "big"}, {FIRST}),
        ({"prompt": "answer@2"}, {FIRST}),
        ({"document": 1}, {SECOND}),
        ({"tag": "food"}, {FOURTH}),
        ({"topic": 7}, {FOURTH}),
        ({"status": "new"}, {FIRST, SECOND, THIRD}),
        ({"assignee": "bea"}, {FOURTH}),
        ({"since": date(2026, 3, 3)}, {THIRD, FOURTH}),
        ({"until": date(2026, 3, 2)}, {FIRST, SECOND}),
        ({"words": "lunch"}, {FOURTH}),
        ({"words": "moved may"}, {SECOND}),
        ({"words": "the bak"}, {THIRD}),
        ({"words": "answer", "rating": -1, "reason": "Wrong", "status": "new"}, {SECOND}),
        ({"rating": -1, "writer": "big"}, set()),
    ],
)
def test_items_are_found_by_all_that_is_set(
    session: Session, ids: dict[int, int], wanted: dict[str, Any], expected: set[int]
) -> None:
    fitting = ItemFilter(**wanted, unmasked=True)
    for few in (False, True):
        found = inbox.ids(session, fitting, "worth", limit=9, few=few)
        assert set(numbers(ids, found)) == expected
    assert inbox.count(session, fitting) == len(expected)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("worth", [THIRD, SECOND, FOURTH, FIRST]),
        ("newest", [FOURTH, THIRD, SECOND, FIRST]),
        ("oldest", [FIRST, SECOND, THIRD, FOURTH]),
        ("support", [FIRST, SECOND, THIRD]),
        ("slowest", [FOURTH, THIRD, SECOND, FIRST]),
        ("dearest", [FIRST, SECOND, THIRD, FOURTH]),
    ],
)
def test_every_order_is_one_list_however_it_is_cut(
    session: Session, ids: dict[int, int], order: ItemOrder, expected: list[int]
) -> None:
    """By support those alone that were looked at."""
    worth = {FIRST: 5, SECOND: 30, THIRD: 40, FOURTH: 20}
    for number, value in worth.items():
        session.execute(update(ReviewItem).where(ReviewItem.message_id == ids[number]).values(worth=value))
    for few in (False, True):
        whole = inbox.ids(session, EVERYTHING, order, limit=9, few=few)
        paged = [one for at in range(4) for one in inbox.ids(session, EVERYTHING, order, limit=1, offset=at, few=few)]
        assert (numbers(ids, whole), paged) == (expected, whole)


def test_by_worth_what_is_closed_comes_last_however_it_is_cut(session: Session, ids: dict[int, int]) -> None:
    for number in (SECOND, THIRD):
        session.execute(update(ReviewItem).where(ReviewItem.message_id == ids[number]).values(status="fixed"))
    whole = inbox.ids(session, EVERYTHING, "worth", limit=9)
    assert set(numbers(ids, whole[:2])) == {FIRST, FOURTH}
    for size in (1, 2, 3):
        parts = [inbox.ids(session, EVERYTHING, "worth", limit=size, offset=at) for at in range(0, 4, size)]
        assert [one for part in parts for one in part] == whole
    fixed = ItemFilter(status="fixed")
    assert set(numbers(ids, inbox.ids(session, fixed, "newest", limit=9))) == {SECOND, THIRD}


@pytest.mark.parametrize(
    "words",
    ['"', "'", "AND", "lunch OR", "NOT lunch", "lunch*", "(lunch", "words:lunch", "-lunch", "^lunch", "NEAR(a b)"],
)
def test_signs_and_operators_of_a_search_are_words_or_nothing(
    session: Session, ids: dict[int, int], words: str
) -> None:
    found = inbox.ids(session, ItemFilter(words=words, unmasked=True), "newest", limit=9)
    assert set(found) <= {ids[FOURTH]}


@pytest.mark.parametrize(
    ("words", "many"), [("", 4), ("  ", 4), ("🙂", 0), ("🙂 lunch", 1), ("\x00", 0), ("é" * 400, 0)]
)
def test_any_text_can_be_searched_for(session: Session, ids: dict[int, int], words: str, many: int) -> None:
    assert len(ids) == inbox.count(session, EVERYTHING)
    assert inbox.count(session, ItemFilter(words=words, unmasked=True)) == many


def test_rows_carry_their_words_cut_and_are_gone_with_their_conversation(session: Session) -> None:
    conversation_id, _, answer_id = asked(session, "long " * 500)
    answers.finish(session, answer_id, finished("word " * 500), trace())
    [row] = inbox.rows(session, [answer_id, 999])
    assert (len(row.question), len(row.answer), row.status) == (inbox.SHOWN, inbox.SHOWN, "new")
    conversations.forget(session, ANA, conversation_id)
    assert (inbox.rows(session, [answer_id]), inbox.ids(session, EVERYTHING, "worth", limit=9)) == ([], [])


def test_choices_are_counted_and_named(session: Session, ids: dict[int, int]) -> None:
    assert len(ids) == 4
    known = inbox_options.options(session)
    assert [(one.value, one.count) for one in known.writer] == [("small", 3), ("big", 1)]
    assert [(one.value, one.name, one.count) for one in known.document] == [("1", "rules", 1)]
    assert [(one.value, one.name) for one in (*known.topic, *known.assignee)] == [("7", "meals"), ("bea", "Bea")]
    told = {
        kind: [one.value for one in getattr(known, kind)] for kind in ("reason", "signal", "guard", "conflict", "tag")
    }
    assert told == {
        "reason": ["Wrong"],
        "signal": ["rephrased"],
        "guard": ["toxicity"],
        "conflict": ["date"],
        "tag": ["food"],
    }


def test_a_page_of_the_list_follows_an_index(session: Session, ids: dict[int, int]) -> None:
    """Sorting all items for each page would take long with 100,000 of them."""
    assert len(ids) == 4
    for order, index in (("worth", "worth_message_id"), ("newest", "ix_review_items_day")):
        wanted = inbox._chosen([], order, 25, 0, few=False)  # type: ignore[arg-type]
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {wanted.compile(compile_kwargs={'literal_binds': True})}"))
        told = " ".join(row[3] for row in plan)
        assert index in told
        assert "TEMP B-TREE" not in told
