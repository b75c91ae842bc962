"""A model as judge of one answer: what it is sent, and what it says.

Judges of this kind prefer the first of two answers, longer ones, and their own (L. Zheng et al., "Judging
LLM-as-a-Judge with MT-Bench and Chatbot Arena", 2023). So one answer is judged at a time, by two questions with yes or
no, without the name of its writer; how often people say the same is shown beside it.
"""

import secrets
from collections.abc import Sequence

from guards.judgement import Judgement, judgement_format, read_judgement
from rag import prompting
from rag.cancellation import Cancellation
from rag.citations import unmarked
from rag.inert import inert
from rag.models.chat import Message
from rag.models.line import Line
from rag.types import Passage, Spend
from store.records import PromptRecord, Spoken

TRIES = 2


class Unreadable(Exception):
    """What the judge wrote holds no verdict, not even when it was asked again."""


def messages(prompt: PromptRecord, spoken: Spoken, text: str, given: Sequence[Passage]) -> list[Message]:
    """What a judge is sent: the answer as `text`, whose numbers are those of the passages."""
    fence = secrets.token_hex(4)
    talk = "".join(f"Asked before: {asked}\nAnswered: {unmarked(said)}\n\n" for asked, said in spoken.history)
    asked = prompting.part(
        prompt.text,
        "user",
        fence=fence,
        passages=prompting.fenced(given, fence),
        talk=inert(talk),
        question=inert(spoken.question),
        answer=inert(text),
    )
    return [("system", prompting.part(prompt.text, "system", fence=fence)), ("human", asked)]


def judge(
    line: Line, prompt: PromptRecord, sent: Sequence[Message], cancellation: Cancellation, spend: Spend
) -> Judgement:
    """What the model says of an answer. `spend` is told of each request.

    Raises ModelTrouble, Cancelled, and Unreadable.
    """
    told = list(sent)
    for _ in range(TRIES):
        pieces = line.stream(told, cancellation, schema=judgement_format(), purpose="test", spend=spend)
        raw = "".join(piece.text for piece in pieces)
        found = read_judgement(raw)
        if isinstance(found, Judgement):
            return found
        again = ("human", prompting.part(prompt.text, "again", problem=found))
        told = [*sent, *([("ai", raw)] if raw.strip() else []), again]
    raise Unreadable
