"""Headers of one row, or of two of which the upper one groups: `2023` over `Q1` and `Q2` becomes `2023 / Q1`."""

import re
from collections.abc import Sequence

from rag.ingest.tables import is_header, is_label

Row = Sequence[str]

_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?")


def header_of(rows: Sequence[Row]) -> tuple[int, Row]:
    """How many of a table's first rows are its header, and the name it gives to each column; 0 for none."""
    if len(rows) >= 2 and _are_names_over_names(rows[0], rows[1]) and _is_header_of_two(rows):
        return 2, _joined(rows[0], rows[1])
    if rows and is_header(rows[0]):
        return (1, rows[0]) if len(rows) > 1 or len([cell for cell in rows[0] if cell]) > 2 else (0, ())
    return 0, ()


def _are_names_over_names(top: Row, bottom: Row) -> bool:
    lower = [cell for cell in bottom if cell]
    upper = [cell for cell in top if cell]
    if len(lower) < 2 or not upper or not all(map(is_label, lower)):
        return False
    return all(is_label(cell) or _YEAR.fullmatch(cell) for cell in upper)


def _is_header_of_two(rows: Sequence[Row]) -> bool:
    """Whether the lower names are no row of the table: a blank row, figures or their repetition tell."""
    upper, lower = ({place for place, cell in enumerate(row) if cell} for row in rows[:2])
    if len(rows) == 2:
        return len(upper) < len(lower)
    spread = any(place in lower and place + 1 in lower and place + 1 not in upper for place in upper)
    names = [cell for cell in rows[1] if cell]
    return spread and (len(set(names)) < len(names) or any(cell and not is_label(cell) for cell in rows[2]))


def _joined(top: Row, bottom: Row) -> Row:
    labels: list[str] = []
    group = ""
    for place in range(max(len(top), len(bottom))):
        upper = top[place] if place < len(top) else ""
        lower = bottom[place] if place < len(bottom) else ""
        spreads = lower or any(labels)  # a name in the first column with nothing below is that column's own
        if upper:
            group = upper if spreads else ""
        label = upper or (group if lower else "")
        labels.append(" / ".join(dict.fromkeys(filter(None, (label, lower)))))
    return labels
