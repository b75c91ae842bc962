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
