"""Many answers streaming at once: how late the text is, what an answer costs, how much memory it takes.

Readers speak Streamlit's protocol to the real app (`benchmarks/readers.py`); each asks one question and reads an
answer of 200 words at 50 a second, every word telling when the model's server sent it. The same readers in front of a
plain `st.write_stream` page, by turns with the app; a real browser beside them says whether a page shows it as late.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, sync_playwright

from benchmarks import browsing
from benchmarks.measuring import Cell, Report, Table
from benchmarks.readers import WORDS, Read, reading
from benchmarks.serving import Served, cpu_s, megabytes, model, plain_page, served
from tests.e2e.running import launch

NAME, NEEDS = "load", ()
COUNTS, QUICK_COUNTS = (1, 10, 25, 50, 100), (1, 10)
ROUNDS = {1: 3, 100: 1}  # else 2
BESIDE, QUICK_BESIDE = (1, 25), (1,)
EVERY_MS = 20
SPREAD_S = 2  # in which all ask; their answers take twice as long
BUDGET_MS, BUDGET_COUNT = 150, 50
SETTINGS = """
[answers]
at_once = 128
[[models]]
name = "test"
model = "test-model"
base_url = "{url}"
api_key_env = "NONE"
at_once = 128
"""
QUESTION = "How many days of annual leave do I get?"
COLUMNS = ["Page", "At once", "p50 ms", "p95 ms", "First text ms", "CPU s an answer", "Cores", "of readers", "MB"]


@dataclass
class Page:
    """A server under load."""

    name: str
    url: str
    pid: int
    runs: dict[int, "Run"] = field(default_factory=dict)


@dataclass
class Run:
    """What so many readers at once saw, over all rounds."""

    answers: list[Read] = field(default_factory=list)
    broken: int = 0
    cpu_s: float = 0
    readers_s: float = 0
    wall_s: float = 0
    megabytes: float = 0

    def late(self, share: float) -> float:
        return percentile([lag for answer in self.answers for lag in answer.lags_ms], share)

    def cells(self) -> list[Cell]:
        first = statistics.median(answer.first_ms for answer in self.answers) if self.answers else float("nan")
        cost = self.cpu_s / (len(self.answers) + self.broken)
        busy, readers = self.cpu_s / self.wall_s, self.readers_s / self.wall_s
        return [self.late(50), self.late(95), first, cost, busy, readers, self.megabytes]


def run(*, quick: bool) -> Report:
    counts, beside = (QUICK_COUNTS, QUICK_BESIDE) if quick else (COUNTS, BESIDE)
    with _pages() as (app, plain):
        for count in counts:
            for _ in range(1 if quick else ROUNDS.get(count, 2)):
                for page in (app, plain):
                    _measure(page, count)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            seen = [row for count in beside for row in _in_a_browser(browser, app, count)]
            browser.close()
    rows: list[list[Cell]] = [
        [page.name, count, *page.runs[count].cells()] for count in counts for page in (app, plain)
    ]
    tables = [
        Table("Text behind the model's words", COLUMNS, rows),
        Table("The app's text in a real browser, ms late", ["Readers beside", "Seen by", "p50", "p95"], seen),
    ]
    figures = {
        f"p95_ms: {page.name} at {count}": page.runs[count].late(95) for page in (app, plain) for count in counts
    }
    return Report(NAME, tables, _notes(app, plain, counts), figures)


@contextmanager
def _pages() -> Iterator[tuple[Page, Page]]:
    """The warm app and the plain page, with one model between them."""
    with (
        TemporaryDirectory(prefix="footnote-bench-") as folder,
        model("--behaviour", "telling", "--delay-ms", str(EVERY_MS)) as url,
        _configured(Path(folder), url) as app,
        plain_page(url, Path(folder)) as (plain, pid),
    ):
        app.until_warm()
        app.until_embedded()
        pages = Page("Footnote", app.url, app.pid), Page("plain page", plain, pid)
        for page in pages:
            _measure(page, 1)  # what is done once is not what is measured
            page.runs.clear()
        yield pages


def _configured(folder: Path, url: str) -> AbstractContextManager[Served]:
    """The app with this model and room for all who ask."""
    (folder / "footnote.toml").write_text(SETTINGS.format(url=url), encoding="utf-8")
    return served(folder)


def _measure(page: Page, count: int, meanwhile: Callable[[], object] = lambda: None) -> Run:
    """One more round of so many readers, and what else is done while they read."""
    kept = page.runs.setdefault(count, Run())
    with reading(page.url, count, SPREAD_S if count > 1 else 0) as readers:
        cpu, begin = cpu_s(page.pid), time.perf_counter()
        readers.ask()
        meanwhile()
        seen = readers.seen()
        kept.wall_s += time.perf_counter() - begin
        kept.cpu_s += cpu_s(page.pid) - cpu
        kept.megabytes = max(kept.megabytes, megabytes(page.pid)[0])
    kept.answers += seen.answers
    kept.broken += seen.broken
    kept.readers_s += seen.cpu_s
    return kept


def _in_a_browser(browser: Browser, app: Page, count: int) -> list[list[Cell]]:
    tab = browsing.arrive(browser, app.url)
    read: list[Read] = []
    beside = Page(app.name, app.url, app.pid)
    others = _measure(beside, count, lambda: read.append(browsing.ask(tab, QUESTION)))
    tab.context.close()
    own = read[0].lags_ms
    return [
        [count, "the readers", others.late(50), others.late(95)],
        [count, "the browser", percentile(own, 50), percentile(own, 95)],
    ]


def _notes(app: Page, plain: Page, counts: Sequence[int]) -> list[str]:
    notes = [
        f"{WORDS} words an answer, one every {EVERY_MS} ms. Late is a word from when the model's server sent it until "
        f"the reader got it. All ask within {SPREAD_S} s. First text: from the question, with search.",
        "Cores: how many the page's process kept busy (1.00: Python can do no more), and the readers' process. "
        "Server, readers and model share this machine. `at_once` is 128, of answers and of the model.",
    ]
    ratios = ", ".join(f"{plain.runs[n].late(95) / app.runs[n].late(95):.1f} at {n}" for n in counts)
    notes.append(f"p95 of the plain page, which searches and checks nothing, by that of Footnote: {ratios}.")
    if BUDGET_COUNT in counts:
        found = app.runs[BUDGET_COUNT].late(95)
        notes.append(f"Budget: {BUDGET_COUNT} at once at most {BUDGET_MS} ms late (p95): {found:.0f}.")
    broken = {page.name: sum(one.broken for one in page.runs.values()) for page in (app, plain)}
    if any(broken.values()):
        notes.append("Answers that were not whole: " + ", ".join(f"{name} {n}" for name, n in broken.items()) + ".")
    return notes


def percentile(values: Sequence[float], share: float) -> float:
    return float(np.percentile(values, share)) if values else float("nan")
