"""`footnote demo-data`: months of invented traffic, to show the pages for analysts on the first day."""

import sys
import time

from rag.bootstrap import build
from rag.demo.demo import AlreadyThere
from rag.house import House
from rag.settings import Settings
from store import progress
from store.engine import Unavailable
from store.progress import UNREAD

PATIENCE_S = 60.0  # for the sample documents to be read
POLL_S = 0.2


def load(settings: Settings, *, months: int, answers: int, seed: int) -> int:
    """Puts demo data in; gives 1 when there are some already."""
    house = build(settings)
    try:
        _read_samples(house)
        count = house.desk.demo.load(months=months, answers=answers, seed=seed, told=_show)
    except AlreadyThere:
        print("There are demo data already. Take them out first: footnote demo-data --remove", file=sys.stderr)
        return 1
    finally:
        house.close()
    print(f"{count:,} answers of the last {months * 30} days are there, all invented and marked as such.")
    print("They are on the pages Review and Quality. Take them out again: footnote demo-data --remove")
    return 0


def remove(settings: Settings) -> int:
    house = build(settings)
    try:
        count = house.desk.demo.remove(told=_show)
    finally:
        house.close()
    print(f"Removed: {count:,} invented answers." if count else "There are no demo data.")
    return 0


def _read_samples(house: House) -> None:
    """Demo answers quote the sample documents: into an empty library they go first."""
    if not (house.settings.documents.samples and house.load_samples()):
        return
    house.start()
    end = time.monotonic() + PATIENCE_S
    while _unread(house) and time.monotonic() < end:
        time.sleep(POLL_S)


def _unread(house: House) -> bool:
    try:
        with house.database.read() as session:
            return any(entry.state in UNREAD for entry in progress.unfinished(session))
    except Unavailable:
        return True


def _show(done: int, of: int) -> None:
    print(f"\r{done:,} of {of:,}", end="\n" if done >= of else "", file=sys.stderr, flush=True)
