"""Figures as CSV: every one with its interval, its votes and its unit, a line each."""

from collections.abc import Iterable, Iterator, Sequence

from rag.counted import Counted
from rag.exports.cells import csv_lines
from rag.measures import Measure


def figures(first: str, rows: Iterable[tuple[str, Counted]], measures: Sequence[Measure]) -> str:
    """`first` names what the rows are of. Shares are from 0 to 1, times in milliseconds, money in US dollars."""
    columns = (first.lower(), "measure", "meaning", "unit", "value", "low", "high", "votes", "part", "readers", "note")
    return "".join(csv_lines(_lines(first.lower(), rows, measures), columns))


def _lines(first: str, rows: Iterable[tuple[str, Counted]], measures: Sequence[Measure]) -> Iterator[dict[str, object]]:
    for name, counted in rows:
        for one in measures:
            figure = one.of(counted)
            yield {
                first: name,
                "measure": one.name,
                "meaning": one.means,
                "unit": one.unit,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "votes": figure.count or None,
                "part": figure.part,
                "readers": figure.readers,
                "note": figure.note,
            }
