"""Tables of a PDF page whose columns have names: found by the gutters that no word of their rows stands in.

Only tables with a clear header are taken; what has none stays lines of text, as it always was read. A table that goes
on overleaf without its header keeps it, if its columns stand at the same places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rag.ingest.pdf_content import Line, Word
from rag.ingest.pdf_rows import LEAST_ROWS, Columns, Row, blocks, cells_of, columns_of, edges_of, rows_of
from rag.ingest.tables import is_header, is_label

_LONGEST_INNER = 60
_FIGURES = 0.6  # of a column's cells that are figures make its name stand out
_EDGE = 3.0  # points
_MOST_OF_IT = 0.8  # of a block of rows has to go on with a table for it to be the same


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns; `place` is that of its first line on the page, `lines` are all it is made of."""

    place: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    lines: frozenset[int]


def find_tables(lines: Sequence[Line], before: Table | None = None) -> list[Table]:
    """The tables of a page, in the order of its lines; `before` is the last one of the page before."""
    tables = (_table(block, lines, before) for block in blocks(rows_of(lines)))
    return sorted((table for table in tables if table is not None), key=lambda table: table.place)


def _table(block: list[Row], lines: Sequence[Line], before: Table | None) -> Table | None:
    """The block as a table, None if its columns or their names are not clear."""
    if len(block) < LEAST_ROWS:
        return None
    for start in range(len(block) - LEAST_ROWS + 1):
        columns = columns_of(block[start + 1 :])
        labels = cells_of(block[start].words, columns)
        if len(columns) > 1 and _is_clear(block[start], labels, block[start + 1 :], columns):
            return _built(block[start:], labels, columns, lines)
        if start == 0 and before is not None and (rows := _continued(block, before.columns)):
            return _built(rows, before.header, before.columns, lines, has_header=False)
        if not block[start].bold:
            return None  # only titles, set bold, may stand above a header
    return None


def _is_clear(top: Row, labels: Sequence[str], body: Sequence[Row], columns: Columns) -> bool:
    """Whether the labels name all columns (the first may go without), and look or read unlike what is below."""
    if not is_header(labels) or not all(labels[1:]):
        return False
    if top.bold and sum(row.bold for row in body) * 2 < len(body):
        return True
    below = list(zip(*(cells_of(row.words, columns) for row in body), strict=True))
    filled = [[cell for cell in column if cell] for column in below]
    return any(cells and sum(not is_label(cell) for cell in cells) >= len(cells) * _FIGURES for cells in filled)


def _continued(block: Sequence[Row], before: Columns) -> Sequence[Row]:
    """As many of the rows as go on with those columns; other lines may follow them."""
    usual = median(above.top - row.top for above, row in pairwise(block))
    length = next((at for at in range(1, len(block)) if block[at - 1].top - block[at].top > 1.6 * usual), len(block))
    ends = range(length, max(LEAST_ROWS, int(len(block) * _MOST_OF_IT)) - 1, -1)
    return next((block[:end] for end in ends if _is_continued(columns_of(block[:end]), before)), [])


def _is_continued(columns: Columns, before: Columns) -> bool:
    """Whether each column stands where the one of the same place stood on the page before."""
    if len(columns) != len(before):
        return False
    pairs = zip(columns, before, strict=True)
    return all(abs(one[0] - other[0]) <= _EDGE or abs(one[1] - other[1]) <= _EDGE for one, other in pairs)


def _built(
    block: Sequence[Row], header: tuple[str, ...], columns: Columns, lines: Sequence[Line], *, has_header: bool = True
) -> Table:
    """The table with the lines that stand inside it: a lone label is a row, anything else goes on with a cell."""
    used = {place for row in block for place in row.members}
    left, right = edges_of(block)
    inner = [
        Row(line.top, line.size, line.bold, [Word(line.text, line.left, line.right)], [place])
        for place, line in enumerate(lines)
        if place not in used
        and block[-1].top - line.size * 1.3 < line.top < block[0].top
        and left - _EDGE <= line.left
        and line.right <= right + _EDGE
        and len(line.text) <= _LONGEST_INNER
    ]
    rows: list[list[str]] = []
    for row in sorted([*block[has_header:], *inner], key=lambda row: -row.top):
        cells = list(cells_of(row.words, columns))
        if row in inner and not cells[0] and rows:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        elif any(cells):
            rows.append(cells)
    members = frozenset(used | {place for row in inner for place in row.members})
    return Table(min(members), header, tuple(map(tuple, rows)), columns, members)
