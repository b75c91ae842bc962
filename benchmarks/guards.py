"""What all guards together cost: time for a question, an answer and a chunk, text held back, memory.

What each of them finds is measured by `guards_injection`, `guards_personal`, `guards_support` and `guards_toxicity`.
The guards are those of the default settings, asked as the app asks them: in their threads, under their time limits.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import data
from benchmarks.measuring import Cell, Report, Table
from guards.guard import Context
from guards.verdicts import Stand
from rag.guarding import Guarding
from rag.settings import Guards
from store.engine import Database

NAME, NEEDS = "guards", ("squad_dev",)
QUICK, ENOUGH = 50, 500
TOKEN = 4  # characters
KILO = 1024


def run(*, quick: bool) -> Report:
    questions, passages = _texts(QUICK if quick else ENOUGH)
    settings = Guards()
    with _guarding(settings) as together:
        for text in questions[:20]:
            together.rule("question", text)  # what loads at first use is loaded
        rows = [
            _row("question, all guards", [_took(lambda t=t: together.rule("question", t)) for t in questions]),
            _row("document, all guards, 1,000 characters", [
                _took(lambda t=t: together.rule("document", t[:1000])) for t in passages
            ]),
            _row("answer, all guards", [
                _took(lambda q=q, p=p: together.rule("answer", p[:400], Context(question=q, passages=(p,))))
                for q, p in zip(questions, passages, strict=False)
            ]),
        ]  # fmt: skip
        rows += [_row(*one) for one in _each(settings, questions, passages)]
        held = [_held(together, text) for text in passages]
    figures = {"question_p50_ms": float(rows[0][1]), "stream_us_a_token": statistics.median(h[0] for h in held)}
    return Report(
        NAME,
        [
            Table("Time, in milliseconds", ["what", "median", "p95", "most"], rows),
            Table(
                "Text before it is shown, of answers without anything to find",
                ["microseconds a token, median", "characters held, median of the most in an answer", "most of all"],
                [
                    [
                        statistics.median(took for took, _ in held),
                        statistics.median(most for _, most in held),
                        max(most for _, most in held),
                    ]
                ],
            ),
            Table("Memory, in megabytes", ["guards", "resident"], _memory()),
        ],
        [f"{len(questions)} questions and passages of SQuAD. Goal: all guards of a question within 30 ms (median)."],
        figures,
    )


def _texts(count: int) -> tuple[list[str], list[str]]:
    queries = [str(row["question"]) for row in data.rows(data.FOLDER / "squad_dev" / "queries.jsonl")]
    corpus = [str(row["text"]) for row in data.rows(data.FOLDER / "squad_dev" / "corpus.jsonl")]
    return queries[:: max(1, len(queries) // count)][:count], corpus[:count]


@contextmanager
def _guarding(settings: Guards) -> Iterator[Guarding]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'footnote.db'}")
        database.migrate()
        guarding = Guarding(database, settings)
        yield guarding
        guarding.close()
        database.close()


def _each(settings: Guards, questions: Sequence[str], passages: Sequence[str]) -> Iterator[tuple[str, list[float]]]:
    """Each guard at its stands, without the others."""
    stands: tuple[tuple[Stand, Sequence[str]], ...] = (
        ("question", questions),
        ("document", [text[:1000] for text in passages]),
        ("answer", [text[:400] for text in passages]),
    )
    nobody = {stand: {} for stand in ("question", "document", "passage", "stream", "answer")}
    for stand, texts in stands:
        for guard, post in getattr(settings, stand).items():
            alone = settings.model_copy(update=nobody | {stand: {guard: post}})
            with _guarding(alone) as guarding:
                guarding.rule(stand, texts[0])
                beside = [Context(question=question, passages=(text,)) for question, text in zip(questions, texts)]  # noqa: B905
                yield (
                    f"{stand}, {guard} alone",
                    [
                        _took(lambda t=t, c=c, g=guarding, s=stand: g.rule(s, t, c))
                        for t, c in zip(texts, beside, strict=False)
                    ],
                )


def _held(guarding: Guarding, text: str) -> tuple[float, int]:
    """Microseconds a token, and the most characters held back, of one answer."""
    holding = guarding.holding(Context(passages=(text,), canary="ab12cd34"))
    shown = most = 0
    began = time.perf_counter()
    for at in range(0, len(text), TOKEN):
        shown += len(holding.feed(text[at : at + TOKEN]))
        most = max(most, min(at + TOKEN, len(text)) - shown)
    return 1e6 * (time.perf_counter() - began) / max(1, len(text) / TOKEN), most


def _took(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


def _row(name: str, times: Sequence[float]) -> list[Cell]:
    ordered = sorted(times)
    return [name, statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1]]


def _memory() -> list[list[Cell]]:
    """Resident memory of a process of its own, with the guards loaded and used once, and without."""
    told = (
        "\nimport pathlib, re\nprint(re.search(r'VmRSS:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])"
    )
    found: list[list[Cell]] = []
    for name, program in (("none", "import rag.settings, store.engine"), ("those of the default settings", _LOADED)):
        done = subprocess.run([sys.executable, "-c", program + told], capture_output=True, text=True, check=True)
        found.append([name, int(done.stdout.splitlines()[-1]) / KILO])
    return found


_LOADED = """
from benchmarks.guards import _guarding
from rag.settings import Guards
with _guarding(Guards()) as guarding:
    for stand in ("question", "document", "answer"):
        guarding.rule(stand, "How many days of leave do I get?")
"""
