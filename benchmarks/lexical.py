"""Search by words among 100,000 chunks: which words should choose, how fast and how well, against tantivy.

Every question is asked in every way before the next one, so that a busy moment of the machine meets all ways alike.
"""

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks import crowd, data
from benchmarks.crowd import percentiles
from benchmarks.data import Asked
from benchmarks.measuring import Cell, Report, Table, constants
from benchmarks.tantivy_index import TantivyIndex
from rag.retrieval.terms import stem, terms
from store import lexical
from store.engine import Database

NAME, NEEDS = "lexical", ("squad_dev",)
QUESTIONS, QUICK_QUESTIONS = 300, 30
LIMIT, TOP = 30, 10
TRIED = (500, 1_000, 2_000, 4_000, 8_000)
RARE = 0.03  # of the chunks
KEPT = 0.98
WHOLE = "FTS5, all words choose"
Search = Callable[[Session, Sequence[str]], list[int]]  # chunk ids, the best first


@dataclass(slots=True)
class Found:
    """What one way found, question by question."""

    seconds: list[float] = field(default_factory=list)
    ids: list[list[int]] = field(default_factory=list)


def run(*, quick: bool) -> Report:
    squad = data.squad()
    paragraphs = crowd.crowd(squad, crowd.QUICK_SIZE if quick else crowd.SIZE)
    halves = crowd.asked_of(squad, QUICK_QUESTIONS if quick else QUESTIONS)
    with (
        TemporaryDirectory(prefix="footnote-bench-") as folder,
        crowd.shelved(paragraphs, Path(folder)) as (database, _),
    ):
        ways, notes = _ways(database, Path(folder))
        with database.read() as session:
            texts = _texts(session)
            first, second = (_ask(session, half, ways) for half in halves)
        counting, purging = _counting(database, halves[1]), _purging(database)
    right = {paragraph.text: paragraph.id for paragraph in squad.paragraphs}
    of_chunk = {chunk_id: right[words] for chunk_id, words in texts.items() if words in right}
    rows = [_row(name, first, second, halves[1], of_chunk) for name in ways]
    columns = ["Way", "p50 ms", "p95 ms", "p50 ms, common words", "p95 ms, common words", "Top 10 kept"]
    table = Table(f"{len(paragraphs):,} chunks", [*columns, "recall@5", "nDCG@10"], rows)
    return Report(NAME, [table, counting, purging], notes + _notes(halves))


def _ways(database: Database, folder: Path) -> tuple[dict[str, Search], list[str]]:
    ways: dict[str, Search] = {WHOLE: lambda session, words: _search(session, words, enough=10**9)}
    ways[f"FTS5, only words in under {RARE:.0%} of the chunks"] = _rare_only
    for enough in TRIED:
        now = " (now)" if enough == lexical.ENOUGH else ""
        ways[f"FTS5, rarer words choose: {enough:,} occurrences{now}"] = lambda session, words, enough=enough: _search(
            session, words, enough=enough
        )
    other = TantivyIndex.made(database, folder / "tantivy")
    if other is None:
        return ways, ["tantivy is not installed, and left out: `pip install tantivy`."]
    ways["tantivy"] = lambda _, words: other.search(words, LIMIT)
    return ways, [f"tantivy's index took {other.seconds:.0f} s and {other.megabytes:.0f} MB more."]


def _search(session: Session, words: Sequence[str], *, enough: int) -> list[int]:
    with constants(lexical, ENOUGH=enough):
        return [hit.chunk_id for hit in lexical.search(session, words, LIMIT)]


def _rare_only(session: Session, words: Sequence[str]) -> list[int]:
    total, counts = lexical.frequencies(session, words)
    rare = [word for word in words if counts[word] <= RARE * total]
    return _search(session, rare or [min(words, key=lambda word: counts[word])], enough=10**9) if words else []


def _texts(session: Session) -> dict[int, str]:
    return {row.id: row.text for row in session.execute(text("SELECT id, text FROM chunks"))}


def _ask(session: Session, asked: Sequence[Asked], ways: Mapping[str, Search]) -> dict[str, Found]:
    found = {name: Found() for name in ways}
    for question in asked:
        words = terms(question.text)
        for name, search in ways.items():
            begin = time.thread_time()
            ids = search(session, words)
            found[name].seconds.append(time.thread_time() - begin)
            found[name].ids.append(ids)
    return found


def _row(
    name: str,
    first: Mapping[str, Found],
    second: Mapping[str, Found],
    asked: Sequence[Asked],
    of_chunk: Mapping[int, str],
) -> list[Cell]:
    kept = [
        len({*ids[:TOP]} & {*whole[:TOP]}) / len(whole[:TOP]) if whole else 1.0
        for ids, whole in zip(first[name].ids, first[WHOLE].ids, strict=True)
    ]
    ranks = [
        next((rank for rank, at in enumerate(ids, start=1) if of_chunk.get(at) == question.paragraph_id), math.inf)
        for ids, question in zip(second[name].ids, asked, strict=True)
    ]
    recall = sum(rank <= 5 for rank in ranks) / len(ranks)
    gain = sum(1 / math.log2(1 + rank) for rank in ranks if rank <= TOP) / len(ranks)
    times = [*percentiles(second[name].seconds), *percentiles(first[name].seconds)]
    return [name, *times, sum(kept) / len(kept), recall, gain]


def _counting(database: Database, asked: Sequence[Asked]) -> Table:
    """In how many chunks each word of a question stands: word by word, by the index's own vocabulary, all at once."""
    one = text("SELECT count(*) FROM chunk_fts WHERE chunk_fts MATCH :words")
    known = text("SELECT term, doc FROM temp.words WHERE term IN (SELECT value FROM json_each(:stems))")
    ways: dict[str, Callable[[Session, list[str]], object]] = {
        "a statement a word": lambda s, words: [s.execute(one, {"words": f'"{word}"'}).scalar_one() for word in words],
        "fts5vocab, for the stems": lambda s, words: s.execute(known, {"stems": json.dumps([*map(stem, words)])}).all(),
        "one statement for all (now)": lexical.frequencies,
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    with database.read() as session:
        session.execute(text("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, chunk_fts, row)"))
        for question in asked:
            for name, count in ways.items():
                begin = time.thread_time()
                count(session, terms(question.text))
                seconds[name].append(time.thread_time() - begin)
    rows: list[list[Cell]] = [[name, *percentiles(times)] for name, times in seconds.items()]
    return Table("Counting the chunks of each word", ["By", "p50 ms", "p95 ms"], rows)


def _purging(database: Database) -> Table:
    """How long the write lock is held to take a deleted document's words out of the index."""
    steps = []
    for whole in (False, True):
        with database.write() as session:
            session.execute(text("DELETE FROM documents WHERE id = (SELECT max(id) FROM documents)"))
        steps.append([_timed(database, _optimize)] if whole else _stepwise(database))
    rows: list[list[Cell]] = [
        [name, len(took), 1000 * max(took), sum(took)]
        for name, took in zip(("merged in steps (now)", "'optimize'"), steps, strict=True)
    ]
    return Table("Purging after a deletion", ["By", "Transactions", "Longest, ms", "Together, s"], rows)


def _stepwise(database: Database) -> list[float]:
    took, more = [], [True]
    while more[-1]:
        took.append(_timed(database, lambda session: more.append(lexical.purge(session))))
    return took


def _optimize(session: Session) -> None:
    session.execute(text("INSERT INTO chunk_fts(chunk_fts) VALUES ('optimize')"))


def _timed(database: Database, work: Callable[[Session], object]) -> float:
    begin = time.perf_counter()
    with database.write() as session:
        work(session)
    return time.perf_counter() - begin


def _notes(halves: tuple[Sequence[Asked], Sequence[Asked]]) -> list[str]:
    return [
        f"{len(halves[1])} questions about SQuAD's second half of articles, whose sentences no made chunk holds; "
        f"“common words”: {len(halves[0])} about the first half, whose words the made chunks repeat.",
        "Milliseconds of a search are processor time of the thread that asks: what it takes on a machine that does "
        "nothing else. Those of a purge are by the clock.",
        f"Top 10 kept: the share of what all words together rank first, on the first half; the smallest number of "
        f"occurrences that keeps {KEPT:.0%} of it is chosen.",
        "The real paragraphs of SQuAD, MTRAG and chunking_evaluation, filled up with chunks of sentences drawn from "
        "them (benchmarks/crowd.py).",
    ]
