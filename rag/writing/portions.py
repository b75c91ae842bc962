"""What a model is given to read: all of it, or less when it says that it cannot take in so much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rag.types import Passage, Question, Turn
from rag.writing.words import whole_sentences

TIMES_LESS = 2


class Readable(Protocol):
    """What there is to read, see rag/task.py."""

    @property
    def passages(self) -> tuple[Passage, ...]: ...
    @property
    def question(self) -> Question: ...


@dataclass(frozen=True, slots=True)
class Portion:
    """Passages, which keep their numbers, and turns of the talk before; `told` says in the trace what was left out."""

    passages: tuple[Passage, ...]
    history: tuple[Turn, ...]
    told: str = ""


def portions(task: Readable) -> Iterator[Portion]:
    """All of it, then twice half the passages, the best ones first, then those without the talk before."""
    passages, history = task.passages, task.question.history
    yield Portion(passages, history)
    for _ in range(TIMES_LESS):
        passages = _half(passages)
        yield Portion(passages, history, f"too long: sent {_counted(passages)} of {len(task.passages)} passages")
    if history:
        yield Portion(passages, (), "too long: sent without the talk before")


def _half(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The best passages with half of the characters; the best one alone gives up its end."""
    left = sum(len(passage.text) for passage in passages) // 2
    kept: list[Passage] = []
    for passage in passages:
        if len(passage.text) > left:
            break
        left -= len(passage.text)
        kept.append(passage)
    return tuple(kept) or (replace(passages[0], text=_cut(passages[0].text[:left])),)


def _cut(text: str) -> str:
    """The text up to its last whole sentence, or at least its last whole word: half words cannot be quoted."""
    return whole_sentences(text).strip() or " ".join(text.split()[:-1])


def _counted(passages: Sequence[Passage]) -> str:
    return "a part of 1" if len(passages) == 1 else str(len(passages))
