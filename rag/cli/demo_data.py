"""`footnote demo-data`: months of invented traffic, to show the pages for analysts on the first day."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

from rag.cli.main import Commands, quiet_libraries
from rag.settings import Settings
from store import progress
from store.engine import Unavailable
from store.progress import UNREAD

PATIENCE_S = 60.0  # for the sample documents to be read
POLL_S = 0.2

if TYPE_CHECKING:  # heavy: it is imported when the command runs
    from rag.house import House


def add(commands: Commands) -> None:
    """The command with its arguments."""
    demo = commands.add_parser("demo-data", help="show the pages for analysts with invented traffic; or remove it")
    demo.add_argument("--months", type=int, default=3, choices=range(1, 25), metavar="N", help="until today; 3")
    demo.add_argument("--answers", type=int, default=1500, metavar="N", help="how many; 1500")
    demo.add_argument("--seed", type=int, default=7, metavar="N", help="the same seed makes the same data; 7")
    demo.add_argument("--remove", action="store_true", help="remove all that is invented")
    demo.set_defaults(command=_demo_data)


def _demo_data(wanted: argparse.Namespace, settings: Settings) -> int:
    with quiet_libraries():
        if wanted.remove:
            return remove(settings)
        return load(settings, months=wanted.months, answers=wanted.answers, seed=wanted.seed)


def load(settings: Settings, *, months: int, answers: int, seed: int) -> int:
    """Puts demo data in; gives 1 when there are some already."""
    from rag.bootstrap import build
    from rag.demo.demo import AlreadyThere

    house = build(settings)
    try:
        _read_samples(house)
        if house.owns_index:
            house.warmup.wait_for_meaning()  # for the topics of the questions
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
    from rag.bootstrap import build

    house = build(settings)
    try:
        count = house.desk.demo.remove(told=_show)
    finally:
        house.close()
    print(f"Removed: {count:,} invented answers." if count else "There are no demo data.")
    return 0


def _read_samples(house: "House") -> None:
    """Demo answers quote the sample documents: into an empty library they go first."""
    if not (house.settings.documents.samples and house.load_samples()):
        return
    house.start()
    end = time.monotonic() + PATIENCE_S
    while _unread(house) and time.monotonic() < end:
        time.sleep(POLL_S)


def _unread(house: "House") -> bool:
    try:
        with house.database.read() as session:
            return any(entry.state in UNREAD for entry in progress.unfinished(session))
    except Unavailable:
        return True


def _show(done: int, of: int) -> None:
    print(f"\r{done:,} of {of:,}", end="\n" if done >= of else "", file=sys.stderr, flush=True)
