"""Personal data: how much of it is found, how much of what is found is some, and what is seen in texts full of numbers.

`pii.jsonl` holds invented people of presidio-research and of a synthetic set, and paragraphs of annual reports and of
SQuAD that hold no personal data of the patterned kinds. The detectors were written on one half of the rows; what is
reported is the other half.
"""

import hashlib
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import data
from benchmarks.measuring import Cell, Report, Table, counted, machine
from guards.personal.guard import seen
from guards.personal.seen import Kind, Seen

FILE = "pii.jsonl"
NAME, NEEDS = "guards_personal", (FILE, "squad_dev")
# What the sets call each kind. Names of organisations, towns and countries alone are no personal data.
LABELS: Mapping[Kind, frozenset[str]] = {
    "e-mail": frozenset({"EMAIL_ADDRESS"}),
    "phone": frozenset({"PHONE_NUMBER"}),
    "card": frozenset({"CREDIT_CARD"}),
    "IBAN": frozenset({"IBAN_CODE"}),
    "bank account": frozenset({"BANK_ACCOUNT", "ROUTING_NUMBER"}),
    "IP address": frozenset({"IP_ADDRESS"}),
    "national id": frozenset(
        {"US_SSN", "PASSPORT", "US_DRIVER_LICENSE", "TAX_ID", "PAN", "AADHAR", "PERSON_ID", "POLICE_ID_NUM"}
    ),
    "date of birth": frozenset({"DATE_TIME"}),
    "name": frozenset({"PERSON"}),
    "address": frozenset({"STREET_ADDRESS", "ZIP_CODE"}),
}
PATTERNED: tuple[Kind, ...] = ("e-mail", "phone", "card", "IBAN", "IP address")
Row = dict[str, Any]
WIKIPEDIA = "SQuAD, every other paragraph of all"


@dataclass(slots=True)
class Count:
    """Of one kind: places that are some, of these found and out of sight; findings, of these right."""

    places: int = 0
    found: int = 0
    hidden: int = 0
    findings: int = 0
    right: int = 0
    of_another: int = 0  # findings that are personal data, but of another kind


def halves(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The rows to write detectors on, and those to report: by a hash of the row's id."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        sides[hashlib.sha256(row["id"].encode()).digest()[0] % 2].append(row)
    return sides


def count(rows: Sequence[Row], look: Callable[[str], Sequence[Seen]] = seen) -> dict[str, Count]:
    """What was found in these rows, by kind, and in sum "Social Security number" as one more kind of its own."""
    counts = {kind: Count() for kind in LABELS}
    counts["of these US SSN"] = Count()
    for row in rows:
        found = look(row["text"])
        for kind, labels in LABELS.items():
            if row.get("negative_for") and labels.isdisjoint(row["negative_for"]):
                continue  # the row may hold some that nobody has marked
            _places(counts[kind], row, [span for span in row["spans"] if span["type"] in labels], found, kind)
            for one in found:
                if one.kind == kind:
                    _finding(counts[kind], row, one, labels)
        _places(
            counts["of these US SSN"], row, [s for s in row["spans"] if s["type"] == "US_SSN"], found, "national id"
        )
    return counts


def measure(rows: Sequence[Row]) -> list[list[Cell]]:
    """Rows of a table: kind, places, recall, out of sight, findings, precision, with Wilson's intervals."""
    table: list[list[Cell]] = []
    for kind, one in count(rows).items():
        if kind == "date of birth":  # the sets call every date the same
            continue
        table.append(
            [
                kind,
                one.places,
                counted(one.found, one.places),
                counted(one.hidden, one.places),
                one.findings if "SSN" not in kind else "",
                counted(one.right, one.findings),
                one.of_another,
            ]
        )
    return table


def false_alarms(rows: Sequence[Row]) -> list[list[Cell]]:
    """Rows of a table: source, texts, and how many of them hold a finding of each group of kinds."""
    table: list[list[Cell]] = []
    paragraphs = [Row(text=one.text, id=one.id, source=WIKIPEDIA, negative_for=[""]) for one in data.squad().paragraphs]
    plain = [*(row for row in rows if row.get("negative_for")), *halves(paragraphs)[1]]
    for source in sorted({row["source"] for row in plain}):
        texts = [row["text"] for row in plain if row["source"] == source]
        found = [{one.kind for one in seen(text)} for text in texts]
        numbers = sum(bool(kinds - {"name", "address", "date of birth"}) for kinds in found)
        named = sum("name" in kinds for kinds in found)
        others = sum(bool(kinds & {"address", "date of birth"}) for kinds in found)
        table.append([source, len(texts), *(counted(hits, len(texts)) for hits in (numbers, others, named))])
    return table


def run(*, quick: bool) -> Report:  # noqa: ARG001 - there is little to leave out
    """Raises OSError."""
    rows = list(data.rows(data.FOLDER / FILE))
    _, reported = halves(rows)
    times = sorted(_milliseconds(row["text"]) for row in reported)
    columns = ["kind", "places", "recall", "out of sight", "findings", "precision", "of another kind"]
    return Report(
        name=NAME,
        machine=machine(),
        tables=[
            Table("Personal data by kind, the half that was not looked at", columns, measure(reported)),
            Table(
                "Texts without personal data of the patterned kinds: share with a finding",
                ["source", "texts", "numbers and e-mail", "addresses, births", "names"],
                false_alarms(reported),
            ),
        ],
        figures={"p50_ms": statistics.median(times), "p95_ms": times[int(0.95 * len(times))]},
        notes=["Recall: found as this kind. Out of sight: all its letters and digits lie in findings of any kind."],
    )


def _places(one: Count, row: Row, spans: Sequence[Row], found: Sequence[Seen], kind: str) -> None:
    covered = {at for seen_ in found for at in range(seen_.start, seen_.end)}
    for span in spans:
        one.places += 1
        one.found += any(s.kind == kind and s.start < span["end"] and span["start"] < s.end for s in found)
        one.hidden += all(at in covered or not row["text"][at].isalnum() for at in range(span["start"], span["end"]))


def _finding(one: Count, row: Row, found: Seen, labels: frozenset[str]) -> None:
    met = {span["type"] for span in row["spans"] if found.start < span["end"] and span["start"] < found.end}
    one.findings += 1
    one.right += bool(met & labels)
    one.of_another += bool(met) and not met & labels


def _milliseconds(text: str) -> float:
    began = time.perf_counter()
    seen(text)
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    print(run(quick=False).markdown())
