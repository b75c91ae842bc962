"""A library of 100,000 chunks: the real paragraphs at hand, and as many made ones as are missing.

Made chunks are sentences drawn at random from real texts, about 750 characters together, twenty to a document whose
title is a sentence's beginning. No sentence of SQuAD's second half of articles is drawn: questions about these still
have one right paragraph, and quality can be measured among the distractors. Words of the drawn texts are commoner than
in a real library of this size and those of the second half rarer; real language has more different words. So take
latencies as they are, qualities for comparing ways of searching.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benchmarks import data, houses
from benchmarks.data import Asked, Paragraph, Squad
from benchmarks.measuring import SEED, Cell
from rag.ingest.sentences import sentences
from store.engine import Database

SIZE, QUICK_SIZE = 100_000, 5_000
CHARACTERS = 750
A_DOCUMENT = 20  # made chunks
TITLE_WORDS = 4


def crowd(squad: Squad, size: int) -> list[Paragraph]:
    """All real paragraphs, then made ones up to `size`; the same ones each time."""
    others = data.other_paragraphs(CHARACTERS)
    real = [*squad.paragraphs, *others]
    free = [paragraph for paragraph in squad.paragraphs if paragraph.article in squad.first_half]
    return [*real, *_made([*free, *others], size - len(real))]


def _made(sources: Sequence[Paragraph], count: int) -> Iterator[Paragraph]:
    drawn = random.Random(SEED)
    lines = [line for paragraph in sources for line in _lines(paragraph.text)]
    title = ""
    for number in range(max(0, count)):
        if number % A_DOCUMENT == 0:
            title = f"{' '.join(drawn.choice(lines).split()[:TITLE_WORDS])} {number // A_DOCUMENT}"
        text = ""
        while len(text) < CHARACTERS - 50:
            text += f"{drawn.choice(lines)} "
        yield Paragraph(f"made-{number}", title, text.strip())


def _lines(text: str) -> list[str]:
    return [line for start, end in sentences(text) if 20 <= len(line := text[start:end].strip()) <= CHARACTERS]


@contextmanager
def shelved(paragraphs: Sequence[Paragraph], folder: Path) -> Iterator[tuple[Database, float]]:
    """A database of these chunks, without vectors, in this folder, and the seconds it took to fill."""
    database = Database(f"sqlite:///{folder / 'footnote.db'}")
    try:
        database.migrate()
        begin = time.perf_counter()
        houses.shelve(database, paragraphs)
        yield database, time.perf_counter() - begin
    finally:
        database.close()


def asked_of(squad: Squad, count: int) -> tuple[list[Asked], list[Asked]]:
    """Answerable questions about SQuAD's first half of articles and about its second half, so many of each."""
    asked = [question for question in squad.questions if question.answerable and question.in_v1]
    first = [question for question in asked if question.article in squad.first_half]
    second = [question for question in asked if question.article not in squad.first_half]
    return squad.sample(first, count), squad.sample(second, count)


def percentiles(seconds: Sequence[float]) -> list[Cell]:
    """Median and 95th percentile in milliseconds."""
    return [float(value) * 1000 for value in np.percentile(seconds, [50, 95])]
