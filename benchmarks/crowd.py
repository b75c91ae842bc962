"""A library of 100,000 chunks: the real paragraphs at hand, and as many made ones as are missing.

Made chunks are sentences drawn at random from real texts, about 750 characters together, twenty to a document whose
title is a sentence's beginning. No sentence of SQuAD's second half of articles is drawn: questions about these still
have one right paragraph, and quality can be measured among the distractors. Words of the drawn texts are commoner than
in a real library of this size and those of the second half rarer; real language has more different words. So take
latencies as they are, qualities for comparing ways of searching.
"""

import random
from collections.abc import Iterator, Sequence

from benchmarks import data
from benchmarks.data import Paragraph, Squad
from benchmarks.measuring import SEED
from rag.ingest.sentences import sentences

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
