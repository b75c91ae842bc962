"""What is measured with: the questions about the samples, and SQuAD where its files are found.

SQuAD (CC BY-SA 4.0) is no part of the project. `FOOTNOTE_BENCH_DATA` names the folder that holds `squad_dev/` with
`corpus.jsonl` (id, title, text) and `queries.jsonl` (question, answers, answerable, passage_id, versions).
"""

import json
import os
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.measuring import SEED

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("FOOTNOTE_BENCH_DATA") or ROOT / ".." / "shared" / "data")
SQUAD = FOLDER / "squad_dev"


@dataclass(frozen=True, slots=True)
class Case:
    """A question about the samples; `history` holds the questions before it."""

    question: str
    expects: tuple[str, ...]
    history: tuple[str, ...]
    answerable: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    id: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of SQuAD about one paragraph; without answers when the paragraph only seems to hold one."""

    text: str
    answers: tuple[str, ...]
    paragraph_id: str
    article: str
    in_v1: bool
    in_v2: bool

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


@dataclass(frozen=True)
class Squad:
    paragraphs: Sequence[Paragraph]
    questions: Sequence[Asked]

    @cached_property
    def articles(self) -> list[str]:
        """In their own order, which is that of no property of theirs."""
        return list(dict.fromkeys(paragraph.article for paragraph in self.paragraphs))

    @cached_property
    def first_half(self) -> frozenset[str]:
        """The articles on whose questions constants are chosen; results are reported on the others."""
        return frozenset(self.articles[: len(self.articles) // 2])

    def sample(self, questions: Sequence[Asked], size: int) -> list[Asked]:
        """The same ones each time; all, when there are not more."""
        return list(questions) if len(questions) <= size else random.Random(SEED).sample(questions, size)


def has(name: str) -> bool:
    """Whether this file or folder of outside data is there."""
    return (FOLDER / name).exists()


def squad() -> Squad:
    """SQuAD's development set, versions 1.1 and 2.0. Raises OSError."""
    paragraphs = [Paragraph(row["id"], row["title"], row["text"]) for row in rows(SQUAD / "corpus.jsonl")]
    article_of = {paragraph.id: paragraph.article for paragraph in paragraphs}
    questions = [
        Asked(
            text=row["question"].strip(),
            answers=tuple(row["answers"]) if row["answerable"] else (),
            paragraph_id=row["passage_id"],
            article=article_of[row["passage_id"]],
            in_v1="1.1" in row["versions"],
            in_v2="2.0" in row["versions"],
        )
        for row in rows(SQUAD / "queries.jsonl")
    ]
    return Squad(paragraphs, questions)


def other_paragraphs(characters: int) -> list[Paragraph]:
    """Texts that are not SQuAD's, where they are found: MTRAG's passages, and chunking_evaluation's texts in pieces."""
    found = []
    if (passages := FOLDER / "mtrag" / "corpus.jsonl").is_file():
        found += [Paragraph(row["id"], row["domain"], row["text"]) for row in rows(passages)]
    for path in sorted((FOLDER / "chunking_eval" / "corpora").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        starts = range(0, len(text), characters)
        found += [Paragraph(f"{path.stem}-{n}", path.stem, text[n : n + characters]) for n in starts]
    return found


def cases() -> list[Case]:
    """The questions about the samples."""
    told = tomllib.loads((ROOT / "samples" / "questions.toml").read_text(encoding="utf-8"))
    return [
        Case(
            question=case["question"],
            expects=tuple(case.get("expects", ())),
            history=tuple(case.get("history", ())),
            answerable=case.get("answerable", True),
        )
        for case in told["case"]
    ]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
