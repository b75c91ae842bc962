"""Files on their way into the real house: seconds until words find them, until meaning does, and what it costs.

The worker's own threads, parsing children and embedding model; the files of the measuring set, nobody asking meanwhile.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import houses
from benchmarks.data import FOLDER
from benchmarks.measuring import Cell, Table
from benchmarks.serving import megabytes
from rag.house import House
from rag.ingest.content import Unreadable
from store.progress import UNFINISHED, UNREAD

# A text, a web page, a book and two PDF files, one after the other.
ALONE = ("norwich-city.txt", "test_wikipedia.html", "winter-sports.epub", "DHS2020.pdf", "GeoTopo-komprimiert.pdf")
TICK_S = 0.02


def tables(*, quick: bool) -> list[Table]:
    """Each file alone, then all others at once."""
    folder = FOLDER / "docs"
    alone = ALONE[:2] if quick else ALONE
    others = sorted(path for path in folder.iterdir() if path.name not in (*alone, "MANIFEST.jsonl"))
    with houses.opened(lambda _: None, embedder=houses.carried) as house:
        house.start()
        before = megabytes(os.getpid())
        rows = [_brought(house, [folder / name]) for name in alone]
        if not quick:
            rows.append(_brought(house, others))
        after = megabytes(os.getpid())
    columns = ["Files", "MB", "Chunks", "Seconds to searchable", "Seconds to all vectors", "Chunks a second"]
    memory = Table("Memory", ["", "Resident MB"], [["before", before[0]], ["after all files", after[0]]])
    return [Table("On their way in", columns, rows), memory]


def _brought(house: House, paths: Sequence[Path]) -> list[Cell]:
    begin = time.perf_counter()
    ids, size = [], 0
    for path in paths:
        try:
            ids.append(house.library.add(path.name, path.read_bytes()))
            size += path.stat().st_size
        except Unreadable:
            continue  # old formats are among them
    searchable = _wait(house, ids, UNREAD) - begin
    whole = _wait(house, ids, UNFINISHED) - begin
    chunks = sum(entry.chunks for entry in house.library.progress(ids))
    name = paths[0].name if len(paths) == 1 else f"{len(ids)} more at once"
    return [name, size / 1e6, chunks, searchable, whole, chunks / whole]


def _wait(house: House, ids: Sequence[int], states: Sequence[str]) -> float:
    while any(entry.state in states for entry in house.library.progress(ids)):
        time.sleep(TICK_S)
    return time.perf_counter()
