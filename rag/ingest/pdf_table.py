"""Tables of a PDF page whose columns have names: found by the gutters that no word of their rows stands in.

Only tables with a clear header are taken; what has none stays lines of text, as it always was read. A table that goes
on overleaf without its header keeps it, if its columns stand at the same places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from rag.ingest.pdf_content import Line, Word
from rag.ingest.tables import is_header, is_label

_LEAST_ROWS = 3  # with the header; gutters of fewer rows may be chance
_SAME_LINE = 0.3  # of the letters' size: baselines nearer than this are one row
_GUTTER = 0.8  # ems; spaces between words are a third of one
_STRAYS = 0.05  # of the rows may have a word in a gutter
_WIDEST_DROP = 4.0  # times the letters' size between two rows
_LONGEST_ATTACHED = 30  # characters of a cell that the file keeps apart from its row
_LONGEST_INNER = 60
_FIGURES = 0.6  # of a column's cells that are figures make its name stand out
_EDGE = 3.0  # points
_MOST_OF_IT = 0.8  # of a block of rows has to go on with a table for it to be the same

Columns = tuple[tuple[float, float], ...]  # left and right edge of each, in points


@dataclass(frozen=True, slots=True)
class Table:
    """A table with named columns; `place` is that of its first line on the page, `lines` are all it is made of."""

    place: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Columns
    lines: frozenset[int]


@dataclass(slots=True)
class _Row:
    """What stands on one baseline; `members` are places of lines on the page."""

    top: float
    size: float
    bold: bool
    words: list[Word]
    members: list[int]


def find_tables(lines: Sequence[Line], before: Table | None = None) -> list[Table]:
    """The tables of a page, in the order of its lines; `before` is the last one of the page before."""
    tables = (_table(block, lines, before) for block in _blocks(_rows(lines)))
    return sorted((table for table in tables if table is not None), key=lambda table: table.place)


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """Rows from the top down: lines with columns in them, and short lines that stand beside these."""
    seeds = sorted((place for place, line in enumerate(lines) if line.is_row), key=lambda place: -lines[place].top)
    rows: list[_Row] = []
    for place in seeds:
        line = lines[place]
        if rows and rows[-1].top - line.top < _SAME_LINE * line.size:
            rows[-1].words += line.words
            rows[-1].members.append(place)
        else:
            rows.append(_Row(line.top, line.size, line.bold, list(line.words), [place]))
    for place, line in enumerate(lines):
        if line.is_row or len(line.text) > _LONGEST_ATTACHED:
            continue
        row = next((row for row in rows if abs(row.top - line.top) < _SAME_LINE * row.size), None)
        if row is not None and all(word.right <= line.left or word.left >= line.right for word in row.words):
            row.words.append(Word(line.text, line.left, line.right))
            row.members.append(place)
    return rows


def _blocks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Rows that follow each other closely enough to be one table."""
    block: list[_Row] = []
    for row in rows:
        if block and not (block[-1].top - row.top <= _most_drop(block) and _is_beside(block[-1], row)):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _most_drop(block: Sequence[_Row]) -> float:
    """How far below the last row the next one may stand: as far as letters allow, or about twice the usual distance."""
    widest = _WIDEST_DROP * block[-1].size
    return widest if len(block) < _LEAST_ROWS else min(widest, 2.2 * median(a.top - b.top for a, b in pairwise(block)))


def _is_beside(above: _Row, row: _Row) -> bool:
    left, right = _edges([above])
    return min(word.left for word in row.words) < right and max(word.right for word in row.words) > left


def _edges(rows: Sequence[_Row]) -> tuple[float, float]:
    words = [word for row in rows for word in row.words]
    return min(word.left for word in words), max(word.right for word in words)


def _table(block: list[_Row], lines: Sequence[Line], before: Table | None) -> Table | None:
    """The block as a table, None if its columns or their names are not clear."""
    if len(block) < _LEAST_ROWS:
        return None
    for start in range(len(block) - _LEAST_ROWS + 1):
        columns = _columns(block[start + 1 :])
        labels = _cells(block[start].words, columns)
        if len(columns) > 1 and _is_clear(block[start], labels, block[start + 1 :], columns):
            return _built(block[start:], labels, columns, lines)
        if start == 0 and before is not None and (rows := _continued(block, before.columns)):
            return _built(rows, before.header, before.columns, lines, has_header=False)
        if not block[start].bold:
            return None  # only titles, set bold, may stand above a header
    return None


def _columns(rows: Sequence[_Row]) -> Columns:
    """The stretches between the gutters, by sweeping over the edges of all words."""
    edges = [(edge, step) for row in rows for word in row.words for edge, step in ((word.left, 1), (word.right, -1))]
    size = max(row.size for row in rows)
    strays = int(len(rows) * _STRAYS)
    columns: list[tuple[float, float]] = []
    depth, opened = 0, None
    for edge, steps in groupby(sorted(edges), key=lambda item: item[0]):
        depth += sum(step for _, step in steps)
        if depth > strays and opened is None:
            opened = edge
        elif depth <= strays and opened is not None:
            if columns and opened - columns[-1][1] < _GUTTER * size:
                opened = columns.pop()[0]
            columns.append((opened, edge))
            opened = None
    return tuple(columns)


def _place(word: Word, columns: Columns) -> int:
    """The column whose middle or edges are nearest to the word."""
    middle = (word.left + word.right) / 2
    return min(range(len(columns)), key=lambda at: max(columns[at][0] - middle, middle - columns[at][1]))


def _cells(words: Sequence[Word], columns: Columns) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in columns]
    for word in sorted(words, key=lambda word: word.left) if columns else ():
        cells[_place(word, columns)].append(word.text)
    return tuple(" ".join(cell) for cell in cells)


def _is_clear(top: _Row, labels: Sequence[str], body: Sequence[_Row], columns: Columns) -> bool:
    """Whether the labels name all columns (the first may go without), and look or read unlike what is below."""
    if not is_header(labels) or not all(labels[1:]):
        return False
    if top.bold and sum(row.bold for row in body) * 2 < len(body):
        return True
    below = list(zip(*(_cells(row.words, columns) for row in body), strict=True))
    filled = [[cell for cell in column if cell] for column in below]
    return any(cells and sum(not is_label(cell) for cell in cells) >= len(cells) * _FIGURES for cells in filled)


def _continued(block: Sequence[_Row], before: Columns) -> Sequence[_Row]:
    """As many of the rows as go on with those columns; other lines may follow them."""
    usual = median(above.top - row.top for above, row in pairwise(block))
    length = next((at for at in range(1, len(block)) if block[at - 1].top - block[at].top > 1.6 * usual), len(block))
    ends = range(length, max(_LEAST_ROWS, int(len(block) * _MOST_OF_IT)) - 1, -1)
    return next((block[:end] for end in ends if _is_continued(_columns(block[:end]), before)), [])


def _is_continued(columns: Columns, before: Columns) -> bool:
    """Whether each column stands where the one of the same place stood on the page before."""
    if len(columns) != len(before):
        return False
    pairs = zip(columns, before, strict=True)
    return all(abs(one[0] - other[0]) <= _EDGE or abs(one[1] - other[1]) <= _EDGE for one, other in pairs)


def _built(
    block: Sequence[_Row], header: tuple[str, ...], columns: Columns, lines: Sequence[Line], *, has_header: bool = True
) -> Table:
    """The table with the lines that stand inside it: a lone label is a row, anything else goes on with a cell."""
    used = {place for row in block for place in row.members}
    left, right = _edges(block)
    inner = [
        _Row(line.top, line.size, line.bold, [Word(line.text, line.left, line.right)], [place])
        for place, line in enumerate(lines)
        if place not in used
        and block[-1].top - line.size * 1.3 < line.top < block[0].top
        and left - _EDGE <= line.left
        and line.right <= right + _EDGE
        and len(line.text) <= _LONGEST_INNER
    ]
    rows: list[list[str]] = []
    for row in sorted([*block[has_header:], *inner], key=lambda row: -row.top):
        cells = list(_cells(row.words, columns))
        if row in inner and not cells[0] and rows:
            rows[-1] = [" ".join(filter(None, pair)) for pair in zip(rows[-1], cells, strict=True)]
        elif any(cells):
            rows.append(cells)
    members = frozenset(used | {place for row in inner for place in row.members})
    return Table(min(members), header, tuple(map(tuple, rows)), columns, members)
