"""`footnote eval cases`: the test cases of reviewers asked again, a table, and whether too many of them fail."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from evals.cases.trying import Outcome, tried
from rag.bootstrap import build
from rag.house import House
from rag.intervals import wilson
from rag.settings import BadSettings, Limits, Settings

LONGEST = 60  # characters of a question in the table


@dataclass(frozen=True, slots=True)
class Row:
    """A measure over all cases it can be taken of."""

    name: str
    kept: int
    of: int

    @property
    def share(self) -> str:
        """The share with its 95 % interval (Wilson); a dash of nothing."""
        if not self.of:
            return "–"
        low, high = wilson(self.kept, self.of)
        return f"{self.kept / self.of:.2f} [{low:.2f}, {high:.2f}]"


def cases(settings: Settings, *, dataset: str = "", as_json: bool = False, require: float = 0.0) -> int:
    """Prints what became of the cases; gives 1 when fewer than required pass, or there are none. Raises BadSettings."""
    if not 0 <= require <= 1:
        raise BadSettings("--require is a share of the cases, from 0 to 1.")
    house = build(settings.model_copy(update={"limits": Limits(questions_per_minute=0)}))
    try:
        wanted = house.desk.cases.listing(dataset or None)[::-1]
        if not wanted:
            print(_nothing(house, dataset), file=sys.stderr)
            return 1
        house.warmup.start()
        if house.owns_index:
            house.warmup.wait_for_meaning()
        else:
            print("The running app holds the vectors: searching by words alone.", file=sys.stderr)
        return report(list(tried(house, wanted)), as_json=as_json, require=require)
    finally:
        house.close()


def report(outcomes: Sequence[Outcome], *, as_json: bool, require: float) -> int:
    """Prints the outcomes; gives 1 when a smaller share than required passed."""
    rows = measures(outcomes)
    print(_as_json(outcomes, rows) if as_json else "\n".join(_lines(outcomes, rows)))
    passed = sum(one.passed for one in outcomes)
    if passed < require * len(outcomes):
        print(f"{passed} of {len(outcomes)} cases passed; {require:.0%} are required.", file=sys.stderr)
        return 1
    return 0


def measures(outcomes: Sequence[Outcome]) -> list[Row]:
    """What is counted over all cases."""
    sources = sum(len(one.case.sources) for one in outcomes)
    facts = sum(len(one.case.facts) for one in outcomes)
    return [
        Row("answered or declined rightly", sum(one.answered_rightly for one in outcomes), len(outcomes)),
        Row("sources retrieved", sum(len(one.retrieved) for one in outcomes), sources),
        Row("sources cited", sum(len(one.cited) for one in outcomes), sources),
        Row("facts stated", facts - sum(len(one.missing) for one in outcomes), facts),
        Row("cases passed", sum(one.passed for one in outcomes), len(outcomes)),
    ]


_FORM = "{:>5}  {:<6}  {:<10}  {:>9}  {:>6}  {:>6}  {}"


def _lines(outcomes: Sequence[Outcome], rows: Sequence[Row]) -> list[str]:
    return [
        _FORM.format("case", "", "status", "retrieved", "cited", "facts", "question"),
        *map(_line, outcomes),
        "",
        "Shares with their 95 % interval (Wilson):",
        *(f"  {row.name:<30}{row.kept:>5} of {row.of:<5} {row.share}" for row in rows),
    ]


def _line(one: Outcome) -> str:
    question = " ".join(one.case.question.split())
    short = question if len(question) <= LONGEST else f"{question[:LONGEST].rsplit(' ', 1)[0]} …"
    sources, facts = len(one.case.sources), len(one.case.facts)
    counts = (f"{len(one.retrieved)}/{sources}", f"{len(one.cited)}/{sources}", f"{facts - len(one.missing)}/{facts}")
    missing = f"  (missing: {'; '.join(one.missing)})" if one.missing else ""
    return _FORM.format(one.case.id, "passed" if one.passed else "FAILED", one.status, *counts, short + missing)


def _nothing(house: House, dataset: str) -> str:
    known = ", ".join(house.desk.cases.datasets())
    return (
        f"There is no case in the dataset {dataset}; there are: {known}." if known else "There are no test cases yet."
    )


def _as_json(outcomes: Sequence[Outcome], rows: Sequence[Row]) -> str:
    each = [
        {
            "id": one.case.id,
            "dataset": one.case.dataset,
            "question": one.case.question,
            "passed": one.passed,
            "status": one.status,
            "writer": one.writer,
            "sources": [
                asdict(source) | {"retrieved": at in one.retrieved, "cited": at in one.cited}
                for at, source in enumerate(one.case.sources)
            ],
            "missing_facts": list(one.missing),
        }
        for one in outcomes
    ]
    counted = [{"name": row.name, "kept": row.kept, "of": row.of} for row in rows]
    for row, measure in zip(counted, rows, strict=True):
        row["interval"] = list(wilson(measure.kept, measure.of)) if measure.of else None
    return json.dumps({"measures": counted, "cases": each}, ensure_ascii=False, indent=2)
