"""Filters in addresses: what goes in comes out, and nonsense is left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.review import wanted
from store.records.inbox import ItemFilter

WHOLE = ItemFilter(
    rating=-1,
    corrected=True,
    appealed=False,
    resolved=False,
    reason="Wrong",
    signal="left",
    support="weak",
    guard="injection",
    conflict="date",
    state="answered",
    writer="a b",
    prompt="answer@3",
    document=7,
    tag="ü/&?",
    topic=2,
    status="in_review",
    assignee="3f2a",
    since=date(2026, 1, 2),
    until=date(2026, 2, 3),
    words="two words",
)


@pytest.mark.parametrize("fitting", [WHOLE, ItemFilter(), ItemFilter(rating=0, words="x")])
def test_an_address_says_all_of_a_filter(fitting: ItemFilter) -> None:
    for order in wanted.ORDERS:
        assert wanted.read(wanted.address(fitting, order)) == (fitting, order)


@given(st.dictionaries(st.sampled_from([*wanted.NAMES, "order", "item"]), st.text(max_size=30)))
def test_any_address_is_a_filter(said: dict[str, str]) -> None:
    fitting, order = wanted.read(said)
    assert wanted.read(wanted.address(fitting, order)) == (fitting, order)
