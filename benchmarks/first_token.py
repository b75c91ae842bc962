"""What the app adds to a model's own time to first text.

A: a question through the whole app (saved, searched, prompted, streamed) until there is text to show. B: the bare
openai client with the very request the app sent, until the first piece of content. The same server, which waits a
fixed time before it speaks; A and B by turns. Once one by one, and once with so many at the same moment, each in a
thread of its own.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import chain, cycle, islice
from threading import Barrier
from typing import Any, TypeVar

from openai import OpenAI

from benchmarks import data, houses
from benchmarks.houses import Fill, FreshQueries
from benchmarks.measuring import Cell, Report, Table, median_with_interval
from benchmarks.serving import control, model
from rag.cancellation import Cancellation
from rag.house import House
from rag.settings import Model

NAME, NEEDS = "first_token", ()
PAIRS, QUICK, WARMING = 50, 5, 5
AT_ONCE, ROUNDS, QUICK_ROUNDS, WARMING_ROUNDS = 32, 10, 2, 1
FIRST_MS, EACH_MS, CHARACTERS = 200, 5, 24  # a piece of the model holds the first word of the answer
BUDGET_MS = 60
PERSON = "a benchmark"
NAMES = [f"{PERSON} {number}" for number in range(AT_ONCE)]  # for one person's questions wait for one another
TOGETHER = ["Library", "App p50", "App p95", "Bare client p50", "Bare client p95", "Added, medians"]
STEPS = ("checked", "rewritten", "retrieved", "writing", "first_text")
T, R = TypeVar("T"), TypeVar("R")


def run(*, quick: bool) -> Report:
    pairs = QUICK if quick else PAIRS
    asked = [case.question for case in data.cases() if case.answerable and not case.history]
    libraries: list[tuple[str, Fill, Sequence[str]]] = [("the samples", houses.samples, asked)]
    if data.has("squad_dev"):
        squad = data.squad()
        questions = [question for question in squad.questions if question.answerable and question.in_v1]
        texts = [question.text for question in squad.sample(questions, pairs + WARMING)]
        name = f"{len(squad.paragraphs):,} paragraphs of SQuAD"
        libraries.append((name, houses.articles(squad.paragraphs), texts))
    rows: list[list[Cell]] = []
    together: list[list[Cell]] = []
    steps: list[list[Cell]] = []
    figures = {}
    for name, fill, questions_of in libraries:
        ours, bare, timings = _measure(fill, list(islice(cycle(questions_of), pairs + WARMING)))
        added = [a - b for a, b in zip(ours, bare, strict=True)]
        median, low, high = median_with_interval(added)
        rows.append([name, statistics.median(ours), statistics.median(bare), f"{median:.0f} [{low:.0f}, {high:.0f}]"])
        steps.append([name, *(statistics.median(timings[step]) for step in STEPS)])
        figures[f"added_ms: {name}"] = median
        ours, bare = _measure_at_once(fill, cycle(questions_of), QUICK_ROUNDS if quick else ROUNDS)
        more = statistics.median(ours) - statistics.median(bare)
        together.append([name, *_percentiles(ours), *_percentiles(bare), more])
        figures[f"added_ms, {AT_ONCE} at once: {name}"] = more
    tables = [
        Table("Milliseconds to the first text, medians", ["Library", "App", "Bare client", "Added"], rows),
        Table(f"The same with {AT_ONCE} asking at the same moment, ms", TOGETHER, together),
        Table("When each step was done, from the trace: medians in ms", ["Library", *STEPS], steps),
    ]
    notes = [
        f"Budget: {BUDGET_MS} ms added. {pairs} pairs; the model speaks after {FIRST_MS} ms, then every {EACH_MS} ms.",
        "Not counted: an answer asked for as JSON begins with about four tokens before its text, which a model that "
        "says 100 tokens a second needs 40 ms for.",
        *([] if data.has("squad_dev") else ["SQuAD was not found: only the samples were asked about."]),
    ]
    return Report(NAME, tables, notes, figures)


@contextmanager
def _both(fill: Fill) -> Iterator[tuple[House, OpenAI, str]]:
    """The warm house and the bare client before the same model, and its address."""
    pace = ("--first-delay-ms", str(FIRST_MS), "--delay-ms", str(EACH_MS), "--chunk-size", str(CHARACTERS))
    with model(*pace) as url:
        described = Model(name="test", model="test-model", base_url=url, api_key_env="NONE")
        with houses.opened(fill, embedder=FreshQueries, models=[described]) as house:
            house.warmup.guard(Cancellation())
            yield house, OpenAI(base_url=url, api_key="none", max_retries=0), url


def _measure(fill: Fill, questions: Sequence[str]) -> tuple[list[float], list[float], Mapping[str, list[float]]]:
    """Milliseconds of the app and of the bare client for each question, without the first ones, which warm up."""
    ours, bare, timings = [], [], defaultdict(list)
    with _both(fill) as (house, client, url):
        for question in questions:
            took, trace = _ask(house, question)
            ours.append(took)
            for step in STEPS:
                timings[step].append(trace[step])
            bare.append(_ask_bare(client, control(url)["requests"][-1]["body"]))
    return ours[WARMING:], bare[WARMING:], {step: values[WARMING:] for step, values in timings.items()}


def _measure_at_once(fill: Fill, questions: Iterator[str], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the app and of the bare client, for each question of each round but the first."""
    ours, bare = [], []
    with _both(fill) as (house, client, url), ThreadPoolExecutor(AT_ONCE) as people:
        for _ in range(rounds + WARMING_ROUNDS):
            asked = list(zip(islice(questions, AT_ONCE), NAMES, strict=True))
            ours.append([took for took, _ in _together(people, lambda one: _ask(house, *one), asked)])
            bodies = [sent["body"] for sent in control(url)["requests"][-AT_ONCE:]]
            bare.append(_together(people, lambda body: _ask_bare(client, body), bodies))
    return list(chain(*ours[WARMING_ROUNDS:])), list(chain(*bare[WARMING_ROUNDS:]))


def _together(people: ThreadPoolExecutor, ask: Callable[[T], R], what: Sequence[T]) -> list[R]:
    """Each in a thread, all beginning at the same moment."""
    ready = Barrier(len(what))

    def begin(one: T) -> R:
        ready.wait()
        return ask(one)

    return list(people.map(begin, what))


def _percentiles(values: Sequence[float]) -> list[Cell]:
    return [statistics.median(values), statistics.quantiles(values, n=20)[-1]]


def _ask(house: House, question: str, person: str = PERSON) -> tuple[float, Mapping[str, float]]:
    """Through the app until there is text to show; then waits for the end, and for its trace."""
    assistant = house.assistant
    begin = time.perf_counter()
    asked = assistant.ask(person, question)
    snapshot = assistant.snapshot(person, asked.answer_id, -1, 10)
    while snapshot and not snapshot.text:
        snapshot = assistant.snapshot(person, asked.answer_id, snapshot.version, 10)
    took = 1000 * (time.perf_counter() - begin)
    while snapshot and not snapshot.done:
        snapshot = assistant.snapshot(person, asked.answer_id, snapshot.version, 10)
    trace = assistant.trace(person, asked.answer_id)
    if trace is None or "first_text" not in trace.timings_ms:
        raise RuntimeError(f"The question {question!r} got no answer.")
    return took, trace.timings_ms


def _ask_bare(client: OpenAI, body: dict[str, Any]) -> float:
    begin = time.perf_counter()
    took = None
    with client.chat.completions.create(**body) as chunks:
        for chunk in chunks:  # to its end, so that the connection can be used again
            if took is None and chunk.choices and chunk.choices[0].delta.content:
                took = 1000 * (time.perf_counter() - begin)
    if took is None:
        raise RuntimeError("The model server said nothing.")
    return took
