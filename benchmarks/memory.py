"""Memory: the server after its start and when warm, and the house over a thousand answers.

The answers are asked for in a process of its own that holds what the server holds, Streamlit too, but draws no
pages: every second request fails at the model, so that half of the answers are the extractive writer's.
"""

import json
import logging
import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import data, houses
from benchmarks.measuring import Cell, Report, Table
from benchmarks.serving import control, megabytes, model, served
from rag.cancellation import Cancellation
from rag.house import House
from rag.settings import Model

NAME, NEEDS = "memory", ()
MARKS, QUICK_MARKS = (100, 500, 1000), (4, 8, 12)
BUDGET_MB = 900
PERSON = "a benchmark"
Row = tuple[str, float, float]


def run(*, quick: bool) -> Report:
    marks = QUICK_MARKS if quick else MARKS
    server, house = _server(), _in_a_process(marks)
    rows: list[list[Cell]] = [
        [process, *row] for process, told in (("server", server), ("house", house)) for row in told
    ]
    grown = house[-1][1] - house[-len(marks)][1]
    answers = marks[-1] - marks[0]
    notes = [
        f"Budget: {BUDGET_MB} MB with everything loaded, and flat. From answer {marks[0]} to {marks[-1]:,} the house "
        f"grew by {grown:.1f} MB, {1000 * grown / answers:.1f} kB an answer.",
        "MB of 1,000,000 bytes. Resident: all pages in memory; proportional: those shared with others in part.",
    ]
    figures = {"warm_mb": server[-1][1], "after_mb": house[-1][1], "grown_mb": grown}
    return Report(NAME, [Table("Memory", ["Process", "When", "Resident MB", "Proportional MB"], rows)], notes, figures)


def _server() -> list[Row]:
    with TemporaryDirectory(prefix="footnote-bench-") as folder, served(Path(folder)) as server:
        server.until_ready()
        rows = [("after its start", *megabytes(server.pid))]
        server.until_warm()
        server.until_embedded()
        return [*rows, ("warm, samples embedded", *megabytes(server.pid))]


def _in_a_process(marks: tuple[int, ...]) -> list[Row]:
    command = [sys.executable, "-m", "benchmarks.memory", *map(str, marks)]
    done = subprocess.run(command, cwd=data.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return [(row[0], row[1], row[2]) for row in json.loads(done.stdout.splitlines()[-1])]


def measured(marks: tuple[int, ...]) -> list[Row]:
    """Memory of this process after so many answers."""
    import streamlit  # noqa: F401 - the server holds it too

    questions = cycle(case.question for case in data.cases())
    rows: list[Row] = []
    with model() as url:
        described = Model(name="test", model="test-model", base_url=url, api_key_env="NONE")
        with houses.opened(houses.samples, embedder=houses.carried, models=[described]) as house:
            house.warmup.guard(Cancellation())
            rows.append(("warm, samples embedded", *megabytes(os.getpid())))
            for count in range(1, marks[-1] + 1):
                if count % 2:
                    control(url, {"enqueue": [{"kind": "status", "code": 503}]})
                _answer(house, next(questions))
                if count in marks:
                    rows.append((f"after {count:,} answers", *megabytes(os.getpid())))
    return rows


def _answer(house: House, question: str) -> None:
    asked = house.assistant.ask(PERSON, question)
    if job := house.assistant.job(asked.answer_id):
        while not job.wait(job.snapshot.version, 10).done:
            pass


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # every second answer is told as a model that failed
    houses.foreign_settings_out()
    print(json.dumps(measured(tuple(int(mark) for mark in sys.argv[1:]))))
