"""How the inbox says what an item is."""

from datetime import UTC, datetime

from pages.review import said
from store.records.inbox import ItemRow


def test_a_stopped_answer_is_called_so_once_and_its_support_is_said_in_words() -> None:
    row = ItemRow(
        id=1,
        question="Why?",
        answer="Because",
        state="stopped",
        writer=None,
        rating=0,
        corrected=False,
        appealed=False,
        support="unsupported",
        sentences=2,
        supported=1,
        worth=0,
        status="new",
        assignee=None,
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
        total_ms=None,
        cost_usd=None,
        facets=(("signal", "stopped"), ("signal", "copied")),
    )
    assert [badge.text for badge in said.badges(row)] == ["stopped", "? 1 of 2 supported", "copied"]
