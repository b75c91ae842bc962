"""Examples to train on: what the writer was sent, and what it should have said, without personal data.

A system part, the last turns, the passages with the question, and the reply, all as the writer sends and gets them:
prompt and schema of the app itself. Values of personal data give way to masks like those that models outside are sent
(guards/personal/masks.py): the same value has the same mask throughout one example, and another one in the next.
"""

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guards.personal.hiding import hidden
from guards.personal.masks import LENGTH, SIGNS, Masks
from guards.personal.seen import Kind
from rag import prompting
from rag.exports.duplicates import Duplicates
from rag.exports.replies import Dropped, draft, passages
from rag.exports.values import Values, parts
from rag.models.chat import Message
from rag.models.masking import masked
from rag.retrieval.terms import stems
from rag.review.veil import INSTEAD
from rag.types import Passage, Turn
from store.records import Spoken, TrainingBy, TrainingForm

ROLES = {"system": "system", "human": "user", "ai": "assistant"}
PRODUCTION = ""  # the reference of an answer for which no model was asked


@dataclass(frozen=True, slots=True)
class Example:
    """What was sent, what should be said to it, and what was said instead if that is worse; personal data masked."""

    sent: tuple[Message, ...]
    reply: str
    worse: str | None
    person_id: str
    asked: str  # what tells its question from others, by its words
    writers: tuple[str, ...]
    documents: tuple[str, ...]
    prompt: str
    masked: Mapping[Kind, int]

    def row(self, form: TrainingForm) -> dict[str, Any]:
        """As a line of the file."""
        sent, reply = [_said(*message) for message in self.sent], _said("ai", self.reply)
        match form:
            case "chat":
                return {"messages": [*sent, reply]}
            case "preference":
                return {"prompt": sent, "chosen": [reply], "rejected": [_said("ai", self.worse or "")]}
            case "completion":
                return {"prompt": "\n\n".join(text for _, text in self.sent) + "\n\n", "completion": self.reply}


@dataclass(frozen=True, slots=True)
class Sources:
    """What examples are made with."""

    brand: str
    prompts: Mapping[str, str]  # by reference; the one in production also by ""
    texts: Mapping[tuple[int, int, int, int], str]
    closed: set[int]
    values: Values  # that were found so far
    duplicates: Duplicates  # of all examples that were made so far


def single(spoken: Spoken, by: TrainingBy, sources: Sources) -> Example:
    """An answer as it should be given again: with `by` approval, in the approved text. Raises Dropped."""
    text = (spoken.approved if by == "approval" else None) or spoken.answer
    _require_words(text, spoken)
    given = passages(spoken, sources.texts, sources.closed)
    answerable = spoken.state != "not_found" or text != spoken.answer
    reply = draft(text, spoken, given, answerable=answerable).model_dump_json()
    return _example(spoken, given, reply, None, sources)


def pair(spoken: Spoken, better: Spoken | None, by: TrainingBy, sources: Sources) -> Example:
    """An answer as the worse one: beside its better text, or another answer to its question. Raises Dropped."""
    text = spoken.approved if by == "approval" else spoken.correction if by == "rating" else None
    context = spoken if text else better
    if context is None:
        raise Dropped("the better answer is gone")
    _require_words(text or "", spoken)
    given = passages(context, sources.texts, sources.closed)
    reply = draft(text or context.answer, context, given, answerable=True)
    worse = draft(spoken.answer, spoken, given, answerable=True, flawless=False)
    if reply == worse:
        raise Dropped("both texts are the same")
    return _example(context, given, reply.model_dump_json(), worse.model_dump_json(), sources)


def _require_words(text: str, spoken: Spoken) -> None:
    """Raises Dropped for a text with marks where its reviewer did not see the words, of an earlier version."""
    if (mark := INSTEAD.search(text)) and mark[0] not in spoken.answer + (spoken.correction or ""):
        raise Dropped("a mark stands in it where words were hidden")


def _example(spoken: Spoken, given: Sequence[Passage], reply: str, worse: str | None, sources: Sources) -> Example:
    prompt = sources.prompts.get(spoken.prompt)
    if prompt is None:
        raise Dropped("its prompt is gone")
    question, replies = (hidden(text, sources.values.kinds) for text in (spoken.question, f"{reply}\n{worse or ''}"))
    if seen := sources.duplicates.seen(question, replies):  # first: masks are what takes time
        raise Dropped(seen)
    seed = hashlib.sha256(f"{spoken.answer_id} {reply}".encode("utf-8", "replace")).hexdigest()
    fence = seed[:8]
    rules = prompting.part(prompt, "system", brand=sources.brand, fence=fence, examples="")
    history = tuple(Turn(*turn) for turn in spoken.history)
    sent = prompting.opening(prompt, rules, spoken.question, prompting.fenced(given, fence), history)
    masks = Masks(sources.values.kinds, _draws(seed))
    whole: list[Message] = [*sent, ("ai", reply), *([("ai", worse)] if worse else [])]
    known = parts(prompt, sources.brand, spoken.question, given, history)
    masks.know(sources.values.of(known), [text for _, text in sent])
    told = masked(whole, masks)
    return Example(
        sent=tuple(told[: len(sent)]),
        reply=told[len(sent)][1],
        worse=told[-1][1] if worse else None,
        person_id=spoken.person_id,
        asked=" ".join(sorted(stems(question))),
        writers=(spoken.writer,) if spoken.writer else (),
        documents=tuple(dict.fromkeys(passage.document for passage in given)),
        prompt=spoken.prompt or "production",
        masked=dict(masks.count),
    )


def _draws(seed: str) -> Callable[[], str]:
    """Signs for masks that come out the same each time, so that the same answers make the same file."""
    chance = random.Random(seed)
    return lambda: "".join(chance.choice(SIGNS) for _ in range(LENGTH))


def _said(role: str, text: str) -> dict[str, str]:
    return {"role": ROLES[role], "content": text}
