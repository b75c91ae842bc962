"""CSV files of any delimiter."""

import pytest

from rag.ingest.csv import read
from tests.rag.ingest.reading import texts


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(mark: str) -> None:
    data = f"Item{mark}Price\nSocks{mark}8.50\nHat{mark}12.00\n".encode()
    assert texts(read(data, "a.csv")) == ["Item: Socks · Price: 8.50", "Item: Hat · Price: 12.00"]


def test_quoted_cells_may_hold_delimiters_and_lines() -> None:
    data = b'Item,Note\nSocks,"warm, soft\nand red"\n'
    assert texts(read(data, "a.csv")) == ["Item: Socks · Note: warm, soft and red"]


def test_decimal_commas_are_no_delimiters() -> None:
    data = b"Ware;Preis;Menge\nSocken;8,50;3\nHut;12,00;1\n"
    assert texts(read(data, "a.csv"))[0] == "Ware: Socken · Preis: 8,50 · Menge: 3"
