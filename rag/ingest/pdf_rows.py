"""Rows of a PDF page that may be those of a table, and their columns: the stretches between gutters without words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from rag.ingest.pdf_content import Line, Word

LEAST_ROWS = 3  # with the header; gutters of fewer rows may be chance
_SAME_LINE = 0.3  # of the letters' size: baselines nearer than this are one row
_GUTTER = 0.8  # ems; spaces between words are a third of one
_STRAYS = 0.05  # of the rows may have a word in a gutter
_WIDEST_DROP = 4.0  # times the letters' size between two rows
_LONGEST_ATTACHED = 30  # characters of a cell that the file keeps apart from its row
_MOST_LINES = 2_000  # of a page that is looked at: every row is compared with every line

Columns = tuple[tuple[float, float], ...]  # left and right edge of each, in points


@dataclass(slots=True)
class Row:
    """What stands on one baseline; `members` are places of lines on the page."""

    top: float
    size: float
    bold: bool
    words: list[Word]
    members: list[int]


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Rows from the top down: lines with columns in them, and short lines that stand beside these."""
    if len(lines) > _MOST_LINES:
        return []
    seeds = sorted((place for place, line in enumerate(lines) if line.is_row), key=lambda place: -lines[place].top)
    rows: list[Row] = []
    for place in seeds:
        line = lines[place]
        if rows and rows[-1].top - line.top < _SAME_LINE * line.size:
            rows[-1].words += line.words
            rows[-1].members.append(place)
        else:
            rows.append(Row(line.top, line.size, line.bold, list(line.words), [place]))
    for place, line in enumerate(lines):
        if line.is_row or len(line.text) > _LONGEST_ATTACHED:
            continue
        row = next((row for row in rows if abs(row.top - line.top) < _SAME_LINE * row.size), None)
        if row is not None and all(word.right <= line.left or word.left >= line.right for word in row.words):
            row.words.append(Word(line.text, line.left, line.right))
            row.members.append(place)
    return rows


def blocks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that follow each other closely enough to be one table."""
    block: list[Row] = []
    for row in rows:
        if block and not (block[-1].top - row.top <= _most_drop(block) and _is_beside(block[-1], row)):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _most_drop(block: Sequence[Row]) -> float:
    """How far below the last row the next one may stand: as far as letters allow, or about twice the usual distance."""
    widest = _WIDEST_DROP * block[-1].size
    return widest if len(block) < LEAST_ROWS else min(widest, 2.2 * median(a.top - b.top for a, b in pairwise(block)))


def _is_beside(above: Row, row: Row) -> bool:
    left, right = edges_of([above])
    return min(word.left for word in row.words) < right and max(word.right for word in row.words) > left


def edges_of(rows: Sequence[Row]) -> tuple[float, float]:
    """Left and right edge of all their words."""
    words = [word for row in rows for word in row.words]
    return min(word.left for word in words), max(word.right for word in words)


def columns_of(rows: Sequence[Row]) -> Columns:
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


def cells_of(words: Sequence[Word], columns: Columns) -> tuple[str, ...]:
    """The words of a row, column by column."""
    cells: list[list[str]] = [[] for _ in columns]
    for word in sorted(words, key=lambda word: word.left) if columns else ():
        cells[_place(word, columns)].append(word.text)
    return tuple(" ".join(cell) for cell in cells)
