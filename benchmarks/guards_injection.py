"""The guard against injection on the half of the data it was not trained on: recall, false alarms, latency.

Also with whole sources left out of training: what is to be expected of attacks of another making.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import data
from benchmarks.injection.fitting import fitted, scores
from benchmarks.injection.rows import FILE, Row, injection_rows
from benchmarks.injection.training import chosen, from_rows, grammar, out_of_fold
from benchmarks.measuring import Cell, Report, Table, counted, machine
from guards.guard import Context
from guards.injection import Injection
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.extract import extract
from rag.ingest.split import split
from rag.samples import SAMPLES

NAME, NEEDS = "guards_injection", (FILE, "docs")
THRESHOLD = 0.5
KINDS = ("direct", "jailbreak", "indirect", "lookalike", "plain")


def run(*, quick: bool) -> Report:
    rows = [row for row in injection_rows() if not row.is_first_half]
    found = {row.id: sure(row) >= THRESHOLD for row in rows}
    figures = {f"{kind}_found": statistics.mean(found[row.id] for row in rows if row.kind == kind) for kind in KINDS}
    return Report(NAME, [*measure(quick=quick), latency(rows)], figures=figures, quick=quick, machine=machine())


def measure(*, quick: bool = False) -> list[Table]:
    """Recall and false alarms by kind and source, and unless `quick` by sources left out. Raises OSError."""
    rows = injection_rows()
    tables = found_in([row for row in rows if not row.is_first_half])
    tables.append(held_back())
    return tables if quick else [*tables, left_out([row for row in rows if row.is_first_half and row.may_train])]


def held_back() -> Table:
    """Chunks of ordinary files that the guard would hold back: false alarms. The pages of docs/ speak of attacks."""
    files = {
        "the samples": sorted(SAMPLES.iterdir()),
        "the project's own pages": sorted((data.ROOT / "docs").rglob("*.md")),
        "other people's files (docs/)": sorted((data.FOLDER / "docs").glob("*")),
    }
    cells: list[list[Cell]] = []
    for name, paths in files.items():
        texts = [text for path in paths for text in _chunks(path)]
        held = sum(_sure(text, Context(stand="document")) >= THRESHOLD for text in texts)
        cells.append([name, len(texts), counted(held, len(texts))])
    return Table("Chunks of ordinary documents held back", ["Files", "Chunks", "Held back [95 %]"], cells)


def found_in(rows: Sequence[Row]) -> list[Table]:
    """What the guard finds at its default threshold, by kind and by source."""
    found = [sure(row) >= THRESHOLD for row in rows]
    by_kind = _shares(rows, found, lambda row: row.kind)
    by_source = _shares(rows, found, lambda row: f"{row.kind}: {row.source}")
    columns = ["", "Texts", "Found [95 %]"]
    return [
        Table("Injection, half not trained on, by kind (plain and lookalike: false alarms)", columns, by_kind),
        Table("The same by source", columns, by_source),
    ]


def left_out(rows: Sequence[Row]) -> Table:
    """Recall of each source of attacks by weights and a threshold that were made without it."""
    examples, others = from_rows(rows), grammar()
    cells: list[list[Cell]] = []
    for source in sorted({row.source for row in rows if row.is_attack}):
        kept = [place for place, row in enumerate(rows) if row.source != source]
        known, learnt = [rows[place] for place in kept], [examples[place] for place in kept]
        threshold, margin, further = chosen(known, *out_of_fold(known, learnt, others))
        weights = fitted([*learnt, *others])
        unseen = [place for place, row in enumerate(rows) if row.source == source and row.is_attack]
        found = 0
        for place in unseen:
            whole, inner = scores(examples[place], weights)
            found += max(whole, inner - margin) > threshold + further * rows[place].is_document
        cells.append([source, len(unseen), counted(found, len(unseen))])
    return Table("Recall of sources left out of training (first half)", ["Source", "Attacks", "Found [95 %]"], cells)


def latency(rows: Sequence[Row]) -> Table:
    """Milliseconds of the whole guard, for questions and for passages of about 1,000 characters."""
    guard = Injection()
    groups = {
        "questions up to 300 characters": [row for row in rows if len(row.text) <= 300],
        "texts of 700 to 1,300 characters": [row for row in rows if 700 <= len(row.text) <= 1300],
    }
    cells: list[list[Cell]] = []
    for name, group in groups.items():
        times = [_seconds(guard, row) * 1000 for row in group]
        cells.append([name, len(times), statistics.median(times), statistics.quantiles(times, n=20)[-1]])
    return Table("Latency of the guard against injection", ["Texts", "Count", "p50 ms", "p95 ms"], cells)


def sure(row: Row) -> float:
    """How sure the guard is of the whole text."""
    return _sure(row.text, _context(row))


def _sure(text: str, context: Context) -> float:
    return max((one.sure for one in Injection().find(text, context)), default=0.0)


def _chunks(path: Path) -> list[str]:
    """The chunks of a file as the app makes them; none of one that cannot be read."""
    try:
        read = extract(path.name, path.read_bytes(), 100_000_000)
    except (Unreadable, OSError):
        return []
    return [read.text[chunk.start : chunk.end] for chunk in split(read)] if isinstance(read, Extracted) else []


def _shares(rows: Sequence[Row], found: Sequence[bool], key: Callable[[Row], str]) -> list[list[Cell]]:
    groups: dict[str, list[bool]] = {}
    for row, hit in sorted(zip(rows, found, strict=True), key=lambda pair: (KINDS.index(pair[0].kind), pair[0].source)):
        groups.setdefault(key(row), []).append(hit)
    return [[name, len(hits), counted(sum(hits), len(hits))] for name, hits in groups.items()]


def _seconds(guard: Injection, row: Row) -> float:
    start = time.perf_counter()
    list(guard.find(row.text, _context(row)))
    return time.perf_counter() - start


def _context(row: Row) -> Context:
    return Context(stand="document" if row.is_document else "question")
