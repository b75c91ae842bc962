"""Tables of a web page as grids of words, with spans filled in; tables that only lay out a page are told apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rag.ingest.clean import word_set
from rag.ingest.tables import is_header

_LAYOUT = word_set("table h1 h2 h3 h4 h5 h6 form nav header footer article section pre")
_LONGEST_CELL = 1500  # characters; longer ones are text set in columns
_WIDEST_SPAN = 50
_MOST_COLUMNS = 256  # spans of rows and columns could otherwise multiply without end
_BLOCKS = word_set("p div li br ul ol dt dd")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of data: words only."""

    caption: str
    header: list[str]
    rows: list[list[str]]


def table_of(element: Any, is_unseen: Callable[[Any], bool]) -> Table | None:
    """The data of a `<table>`, None if the table has one column, others inside it, or pages of text."""
    if any(inner is not element and inner.tag in _LAYOUT for inner in element.iter()):
        return None
    lines = [line for line in element.iter("tr") if not is_unseen(line) and not is_unseen(line.getparent())]
    cells = [[cell for cell in line if cell.tag in ("td", "th") and not is_unseen(cell)] for line in lines]
    grid = _filled_grid([[(_words(cell, is_unseen), *_spans(cell)) for cell in line] for line in cells])
    if max(map(len, grid), default=0) < 2 or any(len(cell) > _LONGEST_CELL for line in grid for cell in line):
        return None
    headers = _header_lines(cells) or int(len(grid) > 1 and not _has_heads(cells) and is_header(grid[0]))
    header = _joined(grid[:headers])
    caption = element.find("caption")
    words = "" if caption is None or is_unseen(caption) else _words(caption, is_unseen)
    return Table(words, header, grid[headers:])


def _has_heads(cells: list[list[Any]]) -> bool:
    return any(cell.tag == "th" for line in cells for cell in line)


def _header_lines(cells: list[list[Any]]) -> int:
    """How many lines at the top are all `<th>` or in `<thead>`; two at most, and never the whole table."""
    count = 0
    for line in cells[: min(2, len(cells) - 1)]:
        in_head = bool(line) and line[0].getparent().getparent().tag == "thead"
        if not in_head and not (len(line) > 1 and all(cell.tag == "th" for cell in line)):
            break
        count += 1
    return count


def _joined(headers: list[list[str]]) -> list[str]:
    """One label a column out of one or two header lines; a group's name goes before the column's own."""
    width = max(map(len, headers), default=0)
    columns = [[line[place] if place < len(line) else "" for line in headers] for place in range(width)]
    return [" ".join(dict.fromkeys(filter(None, column))) for column in columns]


def _spans(cell: Any) -> tuple[int, int]:
    """How many columns and rows a cell fills."""
    return _size(cell.get("colspan", "")), _size(cell.get("rowspan", ""))


def _size(written: str) -> int:
    digits = written.strip()[:4]
    return max(1, min(int(digits), _WIDEST_SPAN)) if digits.isdecimal() else 1


def _filled_grid(lines: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """Cells at their columns: one that spans rows is repeated in each, one that spans columns is not."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for line in lines:
        row: dict[int, str] = {}
        for place, (words, left) in list(hanging.items()):
            row[place] = words
            hanging[place] = (words, left - 1)
        hanging = {place: value for place, value in hanging.items() if value[1]}
        place = 0
        for words, wide, high in line:
            while place in row:
                place += 1
            for offset in range(min(wide, _MOST_COLUMNS - place)):
                row[place + offset] = words if offset == 0 else ""
                if high > 1:
                    hanging[place + offset] = (row[place + offset], high - 1)
            place += wide
        grid.append([row.get(column, "") for column in range(max(row, default=-1) + 1)])
    return grid


def _words(element: Any, is_unseen: Callable[[Any], bool]) -> str:
    """The words one can see in a cell, on one line."""
    parts = [element.text or ""]
    for inner in element:
        if not is_unseen(inner):
            parts += [" ", _words(inner, is_unseen), " "] if inner.tag in _BLOCKS else [_words(inner, is_unseen)]
        parts.append(inner.tail or "")
    return " ".join("".join(parts).split())
