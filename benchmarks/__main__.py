"""`python -m benchmarks [NAME …]`: runs every measurement, or these; `--write-docs` puts what was found into the docs.

Those whose data are not there are left out, and told.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from typing import Protocol, cast

from benchmarks import data, docs, houses
from benchmarks.measuring import Report, machine

NAMES = (
    "cold_start",
    "first_token",
    "memory",
    "load",
    "retrieval",
    "rewriting",
    "relevance",
    "extractive",
    "chunking",
    "embedding",
    "lexical",
    "scale",
    "ingestion",
    "guards",
    "guards_injection",
    "guards_personal",
    "guards_support",
    "guards_toxicity",
    "verified",
    "topics",
    "conflicts",
    "kills",
)


class Measurement(Protocol):
    """A module that measures one thing. `NEEDS` names the outside data it cannot do without."""

    NAME: str
    NEEDS: Sequence[str]

    def run(self, *, quick: bool) -> Report: ...


def main() -> int:
    options = _options()
    if options.write_docs:
        print(docs.write(options.names or NAMES))
        return 0
    houses.foreign_settings_out()
    left_out = []
    for name in options.names or NAMES:
        measurement = cast(Measurement, import_module(f"benchmarks.{name}"))
        missing = [needed for needed in measurement.NEEDS if not data.has(needed)]
        if missing:
            left_out.append(f"{name}: needs {', '.join(missing)} in FOOTNOTE_BENCH_DATA ({data.FOLDER})")
            continue
        _measure(measurement, quick=options.quick)
    if left_out:
        print("Left out:", *left_out, sep="\n- ")
    return 0


def _measure(measurement: Measurement, *, quick: bool) -> None:
    print(f"# {measurement.NAME} …", file=sys.stderr, flush=True)
    begin = time.perf_counter()
    report = replace(measurement.run(quick=quick), quick=quick, machine=machine())
    path = report.save()
    took = time.perf_counter() - begin
    print(f"## {measurement.NAME}{' (quick: not for the docs)' if quick else ''}\n\n{report.markdown()}\n")
    print(f"# {path.name} written after {took:.0f} s", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="small samples: does it still run?")
    parser.add_argument("--write-docs", action="store_true", help="put the latest results into the docs")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
