"""The analysts' pages over 100,000 answers: what their queries and the pages themselves take.

Demo data fills a store of its own. Queries are asked as the pages ask them, through the desk, and of a desk that has
kept nothing. Pages are opened in a real Chromium, from the moment they are asked for until what they are opened for
stands there, on a server that has been warm for a while.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import event, text

from benchmarks.measuring import Cell, Report, Table
from benchmarks.review_queries import Query, steps
from benchmarks.serving import served
from rag.desk import Desk
from rag.settings import Settings
from store.engine import Database
from store.models import now
from store.records import ItemFilter
from tests.e2e.running import launch

NAME, NEEDS = "review", ()
ANSWERS, QUICK = 100_000, 3_000
MONTHS = 12
RUNS, PAGE_RUNS = 5, 5
QUERY_MS, PAGE_MS = 200, 1_000
PATIENCE_MS = 60_000
MASKED = (
    "INSERT OR REPLACE INTO item_masked_fts(rowid, words) SELECT rowid, words FROM item_fts",
    "DELETE FROM items_due WHERE what = 'mask'",
)
ROWS = '.st-key-inbox-rows [class*="st-key-open-item-"] button'
# Address, and what the page was opened for.
PAGES = {
    "Review, the inbox": ("/review", ROWS),
    "Review, thumbs down of a week": ("/review?rating=-1&since={since}", ROWS),
    "Review, one item": ("/review?item={item}", ".st-key-outcomes"),
    "Quality": ("/quality", '[data-testid="stVegaLiteChart"] :is(canvas, svg)'),
}
# Where one is, what is clicked, and what for: no script of the page is loaded anew.
CLICKS = {
    "Review, the inbox": ("/", '[data-testid="stSidebarNav"] a[href$="/review"]', ROWS),
    "Review, one item": ("/review", '[class*="st-key-open-item-"] button', ".st-key-outcomes"),
    "Quality": ("/", '[data-testid="stSidebarNav"] a[href$="/quality"]', PAGES["Quality"][1]),
}


def run(*, quick: bool) -> Report:
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as name:
        folder = Path(name)
        filled_s, count = _fill(folder, QUICK if quick else ANSWERS)
        with _desk(folder) as desk:
            item = desk.inbox.ids("analyst", ItemFilter(), "worth", limit=1)[0]
            document = int(desk.inbox.options().document[0].value)
        asked = [_row(folder, step, 2 if quick else RUNS) for step in steps(item, document, "warranty")]
        opened = list(_opened(folder, item, 2 if quick else PAGE_RUNS))
    return Report(
        NAME,
        [
            Table("Steps of pages, in milliseconds", ["page", "step", "median", "most", "slowest query in it"], asked),
            Table("Pages in a browser, in milliseconds", ["page", "opened", "median", "most"], opened),
        ],
        [
            f"{count:,} answers of {MONTHS} months of demo data, which took {filled_s:.0f} s to fill in.",
            f"Budget: each query within {QUERY_MS} ms, each page within {PAGE_MS} ms.",
        ],
        {
            "slowest_query_ms": max(float(row[4]) for row in asked),
            "slowest_step_ms": max(float(row[2]) for row in asked),
            "slowest_page_ms": max(float(row[2]) for row in opened),
        },
    )


def _row(folder: Path, step: Query, runs: int) -> Sequence[Cell]:
    """Medians of some runs: all of the step, and the slowest statement in it."""
    took, slowest = [], []
    for _ in range(runs):
        with _desk(folder) as desk, _statements(desk.database) as statements:
            begin = time.perf_counter()
            step.ask(desk)
            took.append(1000 * (time.perf_counter() - begin))
            slowest.append(max(statements, default=0.0))
    return [step.page, step.what, statistics.median(took), max(took), statistics.median(slowest)]


@contextmanager
def _statements(database: Database) -> Iterator[list[float]]:
    """What each statement takes, in milliseconds, until its first row: what is counted or sorted is so by then."""
    took: list[float] = []
    begun: list[float] = []

    def before(*_: object) -> None:
        begun.append(time.perf_counter())

    def after(*_: object) -> None:
        took.append(1000 * (time.perf_counter() - begun.pop()))

    with database.read() as session:
        engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    yield took


def _fill(folder: Path, count: int) -> tuple[float, int]:
    """Starts the app once, for its samples, then fills in the traffic; gives seconds and how many answers there are."""
    with served(folder) as server:
        server.until_ready()
        server.until_embedded()
    begin = time.perf_counter()
    with _desk(folder) as desk:
        given = desk.demo.load(months=MONTHS, answers=count)
        filled_s = time.perf_counter() - begin
        with desk.database.write() as session:  # invented talk has nothing to hide: masking it would take an hour
            for statement in MASKED:
                session.execute(text(statement))
    return filled_s, given


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    settings = Settings(data_dir=folder / "data")
    database = Database(settings.database)
    desk = Desk(settings, database)
    try:
        yield desk
    finally:
        desk.close()
        database.close()


def _opened(folder: Path, item: int, runs: int) -> Iterator[Sequence[Cell]]:
    with served(folder) as server, sync_playwright() as playwright:
        server.until_warm()
        browser = launch(playwright)
        for name, (address, mark) in PAGES.items():
            since = f"{(now() - timedelta(days=7)).date()}"
            url = server.url + address.format(item=item, since=since)
            took = [_open(browser, url, mark) for _ in range(runs)]
            yield [name, "by its address", statistics.median(took), max(took)]
        for name, (start, clicked, mark) in CLICKS.items():
            took = [_click(browser, server.url + start, clicked, mark) for _ in range(runs)]
            yield [name, "by a click", statistics.median(took), max(took)]
        browser.close()


def _open(browser: Browser, url: str, mark: str) -> float:
    """Goes there as somebody whose browser has the app's files: Streamlit's own start is part of it."""
    with _tab(browser) as page:
        page.goto(url)
        page.wait_for_selector(mark)
        begin = time.perf_counter()
        page.goto(url, wait_until="commit")
        _settled(page, mark)
        return 1000 * (time.perf_counter() - begin)


def _click(browser: Browser, url: str, clicked: str, mark: str) -> float:
    """Goes there from another page."""
    with _tab(browser) as page:
        page.goto(url)
        page.wait_for_selector(clicked)
        _settled(page, clicked)
        begin = time.perf_counter()
        page.locator(clicked).first.click()
        _settled(page, mark)
        return 1000 * (time.perf_counter() - begin)


@contextmanager
def _tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield page
    finally:
        context.close()


def _settled(page: Page, mark: str) -> None:
    """Until it stands there and the script that drew it has ended."""
    page.locator(mark).first.wait_for()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
