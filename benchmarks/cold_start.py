"""The first start: seconds until the server is ready, a page can be used, a first question is answered, all is warm.

The real server and a real Chromium, which is already open. The first suggestion is clicked as soon as it is there,
while the heavy parts are still to be loaded. The second start has the same data folder.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from benchmarks.measuring import Cell, Report, Table, spread
from benchmarks.serving import Served, served
from tests.e2e.running import launch

NAME, NEEDS = "cold_start", ()
RUNS = 3
PATIENCE_MS = 120_000
BUDGET_S = 3.0
QUESTION_BOX = ".st-key-question textarea:enabled"
SUGGESTION = ".st-key-suggestions button"
FINISHED = '[class*="st-key-answer-"] [class*="st-key-rate-"]'
READY, USABLE, ANSWERED, WARM, EMBEDDED = (
    "ready: /api/ready says so",
    "page usable: question box and suggestions there",
    "first answer finished, from the click",
    "everything warm",
    "all samples embedded",
)


def run(*, quick: bool) -> Report:
    starts: dict[str, dict[str, list[float]]] = {"fresh data folder": defaultdict(list), "second": defaultdict(list)}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for _ in range(1 if quick else RUNS):
            with TemporaryDirectory(prefix="footnote-bench-") as folder:
                for start in starts.values():
                    for step, seconds in _start(browser, Path(folder)):
                        start[step].append(seconds)
        browser.close()
    rows: list[list[Cell]] = [
        [f"{name} start", step, *spread(seconds)] for name, steps in starts.items() for step, seconds in steps.items()
    ]
    fresh = starts["fresh data folder"]
    notes = [
        f"Budget: page usable within {BUDGET_S:.0f} s. In seconds since the process was begun, but for the answer.",
        "The answer is asked for at once: by words alone, and in the way of what is loading.",
    ]
    figures = {step: float(spread(seconds)[0]) for step, seconds in fresh.items()}
    return Report(NAME, [Table("Start", ["Start", "Until", "Median", "Min", "Max"], rows)], notes, figures)


def _start(browser: Browser, folder: Path) -> Iterable[tuple[str, float]]:
    with served(folder) as server:
        yield READY, server.until_ready()
        yield from _visit(browser, server)
        yield WARM, server.until_warm()
        yield EMBEDDED, server.until_embedded()


def _visit(browser: Browser, server: Served) -> Iterable[tuple[str, float]]:
    """Somebody new, who clicks the first suggestion."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(server.url, wait_until="commit")
        page.wait_for_selector(QUESTION_BOX)
        page.wait_for_selector(SUGGESTION)
        usable = server.seconds()
        yield USABLE, usable
        page.locator(SUGGESTION).first.click()
        page.wait_for_selector(FINISHED)
        yield ANSWERED, server.seconds() - usable
    finally:
        context.close()
