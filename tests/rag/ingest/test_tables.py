"""A row can be read alone; a header is told from data."""

import pytest

from rag.ingest.tables import is_header, row_text


def test_each_value_carries_its_columns_name() -> None:
    assert row_text(["Item", "Price:"], ["Socks", "8.50"]) == "Item: Socks · Price: 8.50"


def test_empty_cells_are_left_out() -> None:
    assert row_text(["Item", "Size", "Price"], ["Socks", "", "8.50"]) == "Item: Socks · Price: 8.50"


def test_without_a_header_a_label_names_its_value() -> None:
    assert row_text([], ["Warranty", "24 months"]) == "Warranty: 24 months"


def test_more_cells_than_headers_stand_alone() -> None:
    assert row_text(["Item"], ["Socks", "8.50"]) == "Item: Socks · 8.50"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["Item", "Price"], True),
        (["Item", "Q1 2024"], True),
        (["Socks", "8.50"], False),
        (["Socks", "12 €"], False),
        (["Start", "2024-01-31"], False),
        (["Item", "Item"], False),
        (["Item", ""], False),
    ],
)
def test_a_header_is_all_labels(row: list[str], *, expected: bool) -> None:
    assert is_header(row) is expected
