"""Rows of a table as lines that can be read, quoted and cited alone: `Item: Socks · Price: 8.50`."""

import re
from collections.abc import Sequence

_FIGURE = re.compile(r"[^\w]*\d[\d.,:/ '’%-]*[^\w]*(?:\w{1,3})?")
_LONGEST_LABEL = 80


def row_text(header: Sequence[str], cells: Sequence[str]) -> str:
    """`Header: value · Header: value`, without the empty cells.

    Without any header a label and one value become `label: value`; other cells just stand beside each other.
    """
    labels = [header[place].rstrip(":") if place < len(header) else "" for place in range(len(cells))]
    filled = [(label, cell) for label, cell in zip(labels, cells, strict=True) if cell]
    if not any(header) and len(filled) == 2 and is_label(filled[0][1]):
        return f"{filled[0][1].rstrip(':')}: {filled[1][1]}"
    return " · ".join(f"{label}: {cell}" if label and label != cell else cell for label, cell in filled)


def is_label(cell: str) -> bool:
    """Whether a cell can name a column or a row: short words, not a figure or a date."""
    return 0 < len(cell) <= _LONGEST_LABEL and any(map(str.isalpha, cell)) and not _FIGURE.fullmatch(cell)


def headed(rows: Sequence[Sequence[str]], *, marked: bool = False) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """A table's header and its other rows; no header if the first row is neither marked as one nor looks like one."""
    if len(rows) > 1 and (marked or is_header([" ".join(cell.split()) for cell in rows[0]])):
        return rows[0], rows[1:]
    return [], rows


def is_header(row: Sequence[str]) -> bool:
    """Whether a table's first row names its columns: two labels or more, all different, and nothing else."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and len(set(filled)) == len(filled) and all(map(is_label, filled))
