"""Questions of conversations: IBM's MTRAG (Apache-2.0) with passages to find, and CANARD (CC BY-SA 4.0) with people's
rewritings. Both are outside data, see benchmarks/data.py: `mtrag/` and `conv_rewrite.jsonl`."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.data import FOLDER, Paragraph, rows
from rag.types import Question, Turn


@dataclass(frozen=True, slots=True)
class Latest:
    """The latest question of a conversation."""

    question: Question
    domain: str
    relevant: Mapping[str, float]  # gains by passage id; none when no passage answers
    answerability: str  # ANSWERABLE, PARTIAL, UNANSWERABLE or UNDERSPECIFIED
    first_half: bool


@dataclass(frozen=True, slots=True)
class Mtrag:
    passages: Sequence[Paragraph]
    latest: Sequence[Latest]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A question and what a person made of it so that it stands alone."""

    question: Question
    by_person: str
    topic: str

    @property
    def first_half(self) -> bool:
        return zlib.crc32(self.topic.encode()) % 2 == 0


def mtrag() -> Mtrag:
    """A text that stands there under two ids is one passage. Raises OSError."""
    by_text: dict[str, Paragraph] = {}
    known_as: dict[str, str] = {}
    for row in rows(FOLDER / "mtrag" / "corpus.jsonl"):
        passage = by_text.setdefault(row["text"], Paragraph(row["id"], row["domain"], row["text"]))
        known_as[row["id"]] = passage.id
    latest = [
        Latest(
            Question(row["last_turn"].strip(), _turns(row["history"])),
            row["domain"],
            {known_as[passage_id]: gain for passage_id, gain in (row["qrels"] or {}).items()},
            row["answerability"],
            place % 2 == 0,
        )
        for place, row in enumerate(rows(FOLDER / "mtrag" / "queries.jsonl"))
    ]
    return Mtrag(list(by_text.values()), latest)


def canard() -> list[Rewritten]:
    """Raises OSError."""
    return [
        Rewritten(Question(row["question"], _turns(row["history"])), row["rewrite"], row["title"])
        for row in rows(FOLDER / "conv_rewrite.jsonl")
    ]


def _turns(history: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    """Each question with its answer; a question that got none has an empty one."""
    turns: list[Turn] = []
    for said in history:
        if said["role"] == "user":
            turns.append(Turn(said["content"], ""))
        elif turns:
            turns[-1] = Turn(turns[-1].question, said["content"])
    return tuple(turns)
