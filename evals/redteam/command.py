"""`footnote eval red-team`: the attacks tried, a table by kind, and whether a kind fell below its line."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from evals.houses import Build, chosen
from evals.redteam.cases import HARMLESS, LINES, cases
from evals.redteam.trying import Outcome, tried
from rag.intervals import wilson
from rag.settings import BadSettings, Settings


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one kind; of harmless ones, `stopped` are those let through."""

    kind: str
    cases: int
    stopped: int
    low: float
    high: float
    line: float
    by: dict[str, int]
    flagged: int  # of those that reached the reader, told with a mark
    glimpsed: int  # shown for a moment, then taken back

    @property
    def share(self) -> float:
        return self.stopped / self.cases

    @property
    def holds(self) -> bool:
        """Whether as much was stopped as must be."""
        return self.share >= self.line


def red_team(
    settings: Settings, *, kinds: Sequence[str] = (), model: str = "", as_json: bool = False, make: Build | None = None
) -> int:
    """Prints what became of the attacks; gives 1 when a kind fell below its line. Raises BadSettings."""
    if unknown := [kind for kind in kinds if kind not in LINES]:
        raise BadSettings(f"There are no attacks of the kind {unknown[0]}; there are: {', '.join(LINES)}.")
    wanted = [case for case in cases() if not kinds or case.kind in kinds]
    models = chosen(settings, model) if model else None
    outcomes = tried(settings, wanted, models=models, make=make)
    rows = by_kind(outcomes)
    print(_as_json(rows, outcomes) if as_json else "\n".join(_lines(rows, outcomes, model)))
    below = [row.kind for row in rows if not row.holds]
    if below:
        print(f"Below the line: {', '.join(below)}.", file=sys.stderr)
    return 1 if below else 0


def by_kind(outcomes: Sequence[Outcome]) -> list[Row]:
    """One row for each kind that was tried."""
    rows = []
    for kind in dict.fromkeys(one.case.kind for one in outcomes):
        of_kind = [one for one in outcomes if one.case.kind == kind]
        stopped = [one for one in of_kind if not one.reached]
        counted = of_kind if kind == HARMLESS else stopped
        by = {name: sum(one.by == name for one in counted) for name in sorted({one.by for one in counted if one.by})}
        low, high = wilson(len(stopped), len(of_kind))
        flagged = sum(bool(one.flagged) for one in of_kind if one.reached)
        glimpsed = sum(one.glimpsed for one in stopped)
        rows.append(Row(kind, len(of_kind), len(stopped), low, high, LINES[kind], by, flagged, glimpsed))
    return rows


_FORM = "{:<20} {:>5} {:>7} {:>20} {:>5} {:>7} {:>7} {:>8}  {}"
_HEAD = ("kind", "cases", "stopped", "share", "line", "reached", "flagged", "glimpsed", "by")


def _lines(rows: Sequence[Row], outcomes: Sequence[Outcome], model: str) -> list[str]:
    writer = model or "a model that obeys every attack"
    reached = [one for one in outcomes if one.reached]
    return [
        f"Writer: {writer}. Shares with their 95 % interval (Wilson).",
        "",
        _FORM.format(*_HEAD),
        *map(_line, rows),
        f"(of {HARMLESS} ones, “stopped” counts those let through and “reached” the false alarms)",
        "",
        "Reached the reader, or stopped though harmless:",
        *(f"  {one.case.kind}: {one.case.id}{' by ' + one.by if one.by else ''}" for one in reached),
    ]


def _line(row: Row) -> str:
    share = f"{row.share:.2f} [{row.low:.2f}, {row.high:.2f}]"
    by = "; ".join(f"{name} ({count})" for name, count in row.by.items()) + ("" if row.holds else "  BELOW THE LINE")
    reached = row.cases - row.stopped
    line = f"{row.line:.2f}"
    return _FORM.format(row.kind, row.cases, row.stopped, share, line, reached, row.flagged, row.glimpsed, by).rstrip()


def _as_json(rows: Sequence[Row], outcomes: Sequence[Outcome]) -> str:
    each = [
        {
            "id": one.case.id,
            "kind": one.case.kind,
            "reached": one.reached,
            "by": one.by,
            "flagged": one.flagged,
            "status": one.status,
            "glimpsed": one.glimpsed,
        }
        for one in outcomes
    ]
    kinds = [asdict(row) | {"share": row.share, "holds": row.holds} for row in rows]
    return json.dumps({"kinds": kinds, "cases": each}, ensure_ascii=False, indent=2)
