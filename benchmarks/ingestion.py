"""Files coming in: how soon they answer, and every file of the measuring set through its reader.

Well-formed files carry phrases that have to be found; malformed and hostile ones have to end soon, in their text or in
one sentence. A phrase is found as a sequence of words, in the text or in the cells of a table one after the other.
"""

import json
import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import arrivals
from benchmarks.data import FOLDER
from benchmarks.measuring import Cell, Report, Table
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.extract import extract

NAME, NEEDS = "ingestion", ("docs", "docs_malformed")
FOLDERS = ("docs", "docs_malformed")
_WORD = re.compile(r"\w+")
COLUMNS = ("File", "Format", "Seconds", "Characters", "Phrases", "Outcome")
PATIENCE_S = 20.0  # a malformed file may take this long


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file; `found` counts those of its `phrases` that stand in the text."""

    file: str
    format: str
    seconds: float
    characters: int
    found: int
    phrases: int
    outcome: str


def run(*, quick: bool) -> Report:
    readings = {folder: read_all(FOLDER / folder) for folder in FOLDERS[: 1 if quick else None]}
    tables = [*arrivals.tables(quick=quick), *(Table(folder, COLUMNS, rows(of)) for folder, of in readings.items())]
    every = [reading for of in readings.values() for reading in of]
    found, phrases = sum(reading.found for reading in every), sum(reading.phrases for reading in every)
    slowest = max(every, key=lambda reading: reading.seconds)
    notes = [
        f"{found} of {phrases} phrases are found; the slowest file is {slowest.file} with {slowest.seconds:.2f} s.",
        f"A malformed file may take {PATIENCE_S:.0f} s.",
    ]
    figures = {"phrases found": found / max(1, phrases), "slowest, s": slowest.seconds}
    return Report(NAME, tables, notes, figures)


def read_all(folder: Path) -> list[Reading]:
    """The files that the folder's `MANIFEST.jsonl` names, in its order."""
    lines = (folder / "MANIFEST.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(folder, json.loads(line)) for line in lines]


def rows(readings: Sequence[Reading]) -> list[list[Cell]]:
    """The readings as cells of a table."""
    return [
        [one.file, one.format, one.seconds, one.characters, f"{one.found} of {one.phrases}", one.outcome]
        for one in readings
    ]


def _read(folder: Path, about: dict[str, object]) -> Reading:
    name, phrases = str(about["file"]), about.get("must_contain") or []
    assert isinstance(phrases, list)
    data = (folder / name).read_bytes()
    begin = time.perf_counter()
    try:
        read = extract(name, data)
    except Unreadable as trouble:
        seconds = time.perf_counter() - begin
        return Reading(name, str(about["format"]), seconds, 0, 0, len(phrases), str(trouble))
    seconds = time.perf_counter() - begin
    findings = sorted({finding.kind for finding in read.findings})
    outcome = ", ".join(["text" if isinstance(read, Extracted) else "files", *findings])
    if not isinstance(read, Extracted):
        return Reading(name, str(about["format"]), seconds, 0, 0, len(phrases), outcome)
    found = sum(map(_Searched(read).holds, phrases))
    return Reading(name, str(about["format"]), seconds, len(read.text), found, len(phrases), outcome)


class _Searched:
    """A document as words: as it reads, and as the bare cells of its tables."""

    def __init__(self, document: Extracted) -> None:
        table_rows = [document.text[block.start : block.end] for block in document.blocks if block.kind == "row"]
        cells = (cell for row in table_rows for cell in row.split(" · "))
        self._text = _words(document.text)
        self._cells = _words(" ".join(cell.rpartition(": ")[2] for cell in cells))
        self._rows = [_words(row) for row in table_rows]

    def holds(self, phrase: str) -> bool:
        """Whether the phrase's words stand together in text or cells, or in order in one row with its headers."""
        words = _words(phrase)
        return words in self._text or words in self._cells or any(_in_order(words, row) for row in self._rows)


def _words(text: str) -> str:
    """The words alone, in lower case, between spaces."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).lower()))} "


def _in_order(words: str, row: str) -> bool:
    rest: Iterator[str] = iter(row.split())
    return all(word in rest for word in words.split())
