"""CSV files: one row block a row, whatever character parts the cells."""

import csv
from collections import Counter

from rag.ingest.compose import MAX_CHARACTERS, Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.grid import add_grid
from rag.ingest.plain import decoded

_DELIMITERS = ",;\t|"


def read(data: bytes, name: str) -> Extracted:
    """Rows of a `.csv` file. Raises `Unreadable` (damaged) for a quote that never closes."""
    composer = Composer(name)
    text = decoded(data).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(MAX_CHARACTERS)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text))
    try:
        add_grid(composer, ([cell.strip() for cell in row] for row in rows))
    except csv.Error as error:
        reason = f"line {rows.line_num} is not as a CSV file should be ({error})"
        raise Unreadable("damaged", f"{name}: {reason}; export it again.") from error
    return composer.finish()


def _delimiter(text: str) -> str:
    """The character that occurs equally often on most of the first lines; csv.Sniffer guesses letters."""
    lines = [line for line in text[:20_000].split("\n")[:20] if line.strip()]
    return max(_DELIMITERS, key=lambda mark: _evenness([line.count(mark) for line in lines]))


def _evenness(counts: list[int]) -> int:
    return max((times for count, times in Counter(counts).items() if count), default=0)
