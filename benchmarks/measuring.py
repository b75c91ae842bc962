"""What all measurements share: reports of tables, the machine they come from, medians and bootstrap intervals."""

import json
import os
import platform
import statistics
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from rag.intervals import wilson

RESULTS = Path(__file__).resolve().parent / "results"
SEED = 7
Cell = str | int | float
Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are shown as they are; numbers are rounded to what can be read."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def markdown(self) -> str:
        lines = [f"**{self.title}**", "", _row(self.columns), _row(["---"] * len(self.columns))]
        return "\n".join(lines + [_row([shown(cell) for cell in row]) for row in self.rows])


@dataclass(frozen=True, slots=True)
class Report:
    """What one measurement found. `quick` ones were made with small samples and never get into the docs."""

    name: str
    tables: Sequence[Table]
    notes: Sequence[str] = ()
    figures: Mapping[str, float] = field(default_factory=dict)  # for machines to compare
    quick: bool = False
    machine: str = ""

    def markdown(self) -> str:
        notes = ["\n".join(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n\n".join([f"Measured on {self.machine}.", *(table.markdown() for table in self.tables), *notes])

    def save(self) -> Path:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self.name}.json"
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return path


def load(name: str) -> Report | None:
    """The latest result of a measurement; None when there is none."""
    path = RESULTS / f"{name}.json"
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Report(**(kept | {"tables": [Table(**table) for table in kept["tables"]]}))


def machine() -> str:
    """The machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB of memory, Python {platform.python_version()}"


def shown(cell: Cell) -> str:
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else cell
    return f"{cell:.3f}" if abs(cell) < 1 else f"{cell:.2f}" if abs(cell) < 10 else f"{cell:,.0f}"


def share(value: float, low: float, high: float) -> str:
    """A share with its interval."""
    return f"{value:.3f} [{low:.3f}, {high:.3f}]"


def counted(part: int, whole: int) -> str:
    """The share of what was counted, with Wilson's interval; "-" of nothing."""
    return share(part / whole, *wilson(part, whole)) if whole else "-"


def spread(values: Sequence[float]) -> list[Cell]:
    """Median, smallest and largest."""
    return [statistics.median(values), min(values), max(values)]


def interval(
    statistic: Callable[[Indexes], float], groups: Sequence[Hashable], *, rounds: int = 1000, seed: int = SEED
) -> tuple[float, float]:
    """The 95 % bootstrap interval of a statistic of the indexes 0 … n-1.

    Whole groups are drawn, not single items: questions about one article rise and fall together, and drawing them
    one by one makes intervals too narrow. Give each item a group of its own where they do not.
    """
    members: dict[Hashable, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    parts = [np.array(indexes, dtype=np.int64) for indexes in members.values()]
    random = np.random.default_rng(seed)
    drawn = [
        statistic(np.concatenate([parts[i] for i in random.integers(0, len(parts), len(parts))])) for _ in range(rounds)
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def mean_with_interval(values: Sequence[float], groups: Sequence[Hashable]) -> str:
    """The mean and its bootstrap interval, as a cell."""
    array = np.asarray(values, dtype=float)
    return share(float(array.mean()), *interval(lambda indexes: float(array[indexes].mean()), groups))


def median_with_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The median of independent values and its bootstrap interval."""
    array = np.asarray(values, dtype=float)
    low, high = interval(lambda indexes: float(np.median(array[indexes])), range(len(values)))
    return float(np.median(array)), low, high


@contextmanager
def constants(module: ModuleType, **values: float) -> Iterator[None]:
    """Other values for constants of the product, for as long as something is measured with them."""
    before = {name: getattr(module, name) for name in values}
    for name, value in values.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
