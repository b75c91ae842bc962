"""What a `kill -9` loses. Lives with readers who ask, rate and add documents are ended at random moments, all over one
data folder; after each the app is started again and everything that was accepted is looked for.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measuring import Cell, Report, Table
from tests.faults.killing import SAVED_S, UNHURRIED, Aftermath, Life, furnish, live_and_die, look_after, restarted
from tests.model_server import ModelServer

NAME, NEEDS = "kills", ()
ANSWERS, QUICK = 200, 20
READERS, AT_MOST_S = 8, 6.0
COLUMNS = ("Killed after", "Questions", "ended", "interrupted", "Ratings", "Uploads", "Age of unsaved text", "Lost")
SEED = 1000


def run(*, quick: bool) -> Report:
    wanted = QUICK if quick else ANSWERS
    with TemporaryDirectory(prefix="footnote-bench-") as folder, ModelServer(UNHURRIED) as server:
        os.environ["FOOTNOTE_CONFIG"] = str(Path(folder) / "none.toml")
        lives, found = _lives(Path(folder) / "data", server.url, wanted)
    losses = [loss for one in found for loss in one.losses]
    rows = [_row(f"{life.after_s:.2f} s", [one]) for life, one in zip(lives, found, strict=True)]
    rows.append(_row(f"{len(lives)} kills", found))
    notes = [
        f"{READERS} readers at once; an answer takes about two seconds. Seeds {SEED} to {SEED + len(lives) - 1} choose "
        f"the moments, up to {AT_MOST_S:.0f} s after the first question.",
        "Looked for: every question, every rating, every upload (read, embedded, found whole), the citations of ended "
        "answers, and that vectors, full-text index and files fit the database; again for all lives after the last.",
        f"The age of unsaved text is that of the oldest text a reader saw that was not stored: over {SAVED_S:.0f} s "
        "counts as lost.",
        *losses,
    ]
    figures = {"answers": sum(one.asked for one in found), "lost": len(losses), "unsaved_s": _unsaved_s(found)}
    return Report(NAME, [Table("Killed at random moments", COLUMNS, rows)], notes, figures)


def _lives(folder: Path, url: str, wanted: int) -> tuple[list[Life], list[Aftermath]]:
    """Lives until so many questions were accepted, and what was found after each."""
    furnish(folder)
    lives: list[Life] = []
    found: list[Aftermath] = []
    while sum(one.asked for one in found) < wanted:
        lives.append(live_and_die(folder, url, SEED + len(lives), readers=READERS, at_most_s=AT_MOST_S))
        found += _looked(folder, lives[-1:])
    for one, again in zip(found, _looked(folder, lives), strict=True):
        one.losses += [f"Later: {loss}" for loss in again.losses if loss not in one.losses]
    return lives, found


def _looked(folder: Path, lives: Sequence[Life]) -> list[Aftermath]:
    house = restarted(folder)
    try:
        return [look_after(house, life) for life in lives]
    finally:
        house.close()


def _row(name: str, found: Sequence[Aftermath]) -> list[Cell]:
    def total(what: str) -> int:
        return sum(getattr(one, what) for one in found)

    counts: list[Cell] = [total(what) for what in ("asked", "ended", "interrupted", "rated", "added")]
    return [name, *counts, f"{_unsaved_s(found):.2f} s", sum(len(one.losses) for one in found)]


def _unsaved_s(found: Sequence[Aftermath]) -> float:
    return max(one.unsaved_s for one in found)
