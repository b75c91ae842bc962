"""Sheets and CSV files: a grid of cells in which tables, titles and notes stand, parted by blank rows."""

from collections.abc import Iterable, Iterator, Sequence

from rag.ingest.compose import Composer
from rag.ingest.grid_header import Row, header_of

_NONE: Row = ()


def add_grid(composer: Composer, rows: Iterable[Row]) -> None:
    """Add the grid's tables row by row, and the lone cells above a table as text.

    A table without a header of its own goes on under the one before it, if that has all of its columns; a header
    parted from its table by a blank row is one of these.
    """
    header: Row = _NONE
    waiting: list[Row] = []  # a header that has not found its table yet
    for region in _regions(rows):
        start = next((at for at, row in enumerate(region) if len(_columns([row])) > 1), len(region))
        lines, labels = header_of(region[start:])
        if waiting and (lines or start or not _fits(header, region)):
            composer.table(_NONE, waiting)
            header = _NONE
        waiting = []
        for row in region[:start]:
            composer.text(next(filter(None, row)))
        body = region[start + lines :]
        if lines:
            header = _aligned(labels, body) if body else labels
            waiting = [] if body else region[start:]
        elif not _fits(header, body):
            header = _NONE
        composer.table(header, body)
    composer.table(_NONE, waiting)


def _fits(header: Row, body: Sequence[Row]) -> bool:
    """Whether the header names all columns of the rows; the first may be without a name."""
    used = _columns(body)
    return bool(_columns([header])) and used - {min(used, default=0)} <= _columns([header])


def _aligned(header: Row, body: Sequence[Row]) -> Row:
    """The header over the columns it names; merged cells may have put its words beside them."""
    named, used = sorted(_columns([header])), sorted(_columns(body))
    if set(used) <= set(named) or not 0 <= len(used) - len(named) <= 1:
        return header
    labels = dict(zip(reversed(used), reversed(named), strict=False))  # the first column may have no name
    return [header[labels[place]] if place in labels else "" for place in range(used[-1] + 1)]


def _columns(rows: Sequence[Row]) -> set[int]:
    return {place for row in rows for place, cell in enumerate(row) if cell}


def _regions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    region: list[Row] = []
    for row in rows:
        if any(row):
            region.append(row)
        elif region:
            yield region
            region = []
    if region:
        yield region
