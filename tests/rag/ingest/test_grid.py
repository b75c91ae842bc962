"""Tables, titles and notes are found in a grid of cells."""

from collections.abc import Sequence

from rag.ingest.compose import Composer
from rag.ingest.grid import add_grid
from tests.rag.ingest.reading import texts


def _blocks(rows: Sequence[Sequence[str]]) -> list[str]:
    composer = Composer("a.csv")
    add_grid(composer, rows)
    return texts(composer.finish())


def test_a_lone_cell_above_a_table_is_text() -> None:
    assert _blocks([["Prices"], ["Item", "Price"], ["Hat", "9"]]) == ["Prices", "Item: Hat · Price: 9"]


def test_a_table_goes_on_after_a_blank_row() -> None:
    rows = [["Item", "Price"], ["Hat", "9"], ["", ""], ["Sock", "3"]]
    assert _blocks(rows) == ["Item: Hat · Price: 9", "Item: Sock · Price: 3"]


def test_a_wider_table_does_not_borrow_the_header_above() -> None:
    rows = [["Item", "Price"], ["Hat", "9"], [], ["1", "2", "3"]]
    assert _blocks(rows) == ["Item: Hat · Price: 9", "1 · 2 · 3"]


def test_a_header_moved_aside_by_merged_cells_names_its_columns() -> None:
    rows = [["", "Net", "Gross", ""], ["Hats", "", "1", "2"], ["Socks", "", "3", "4"]]
    assert _blocks(rows) == ["Hats · Net: 1 · Gross: 2", "Socks · Net: 3 · Gross: 4"]


def test_two_rows_of_headers_are_joined() -> None:
    rows = [["Region", "2023", "", "2024", ""], ["", "Q1", "Q2", "Q1", "Q2"], ["North", "1", "2", "3", "4"]]
    assert _blocks(rows) == ["Region: North · 2023 / Q1: 1 · 2023 / Q2: 2 · 2024 / Q1: 3 · 2024 / Q2: 4"]


def test_names_under_names_are_no_second_header() -> None:
    rows = [["Name", "", "Role"], ["Ann", "Lee", "Boss"], ["Bo", "Ray", "Clerk"]]
    assert _blocks(rows)[-1].endswith("Clerk")
    assert "Ann" not in _blocks(rows)[-1]


def test_a_header_above_a_blank_row_names_the_columns_below() -> None:
    rows = [["", "Sales", "Profit", "Tax"], ["", "", "", ""], ["North", "1", "2", "3"]]
    assert _blocks(rows) == ["North · Sales: 1 · Profit: 2 · Tax: 3"]


def test_a_header_without_a_table_is_kept_as_a_row() -> None:
    assert _blocks([["Sales", "Profit", "Tax"], ["", "", ""], ["End of the report", "", ""]]) == [
        "Sales · Profit · Tax",
        "End of the report",
    ]
