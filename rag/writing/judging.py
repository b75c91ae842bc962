"""Judging a reply: read, repaired where that is safe, joined with what stands before it, and validated as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from guards.answer import AnswerGuard
from guards.finding import cut_off, prose
from guards.fitness import only_says_nothing
from guards.reading import read
from guards.schema import Citation as Claim
from guards.schema import Draft
from guards.stream import AnswerStream
from guards.support import Support
from guards.thoughts import spoken
from guards.verdicts import STOPPING, Finding
from rag.citations import claim_sources, claimed, unmarked
from rag.problems import Kind
from rag.task import Task, Written
from rag.writing.following import Following
from rag.writing.words import whole_sentences

TOO_LONG = "Your reply was cut off because it was too long; answer in at most three short sentences, with short quotes."
NO_TOOLS = "There are no tools to call; write the answer itself, as the JSON object."
NOTHING = "Your reply was empty; write the answer as the JSON object."
ONLY_THOUGHTS = "Your reply held only reasoning; think briefly, then write the answer as the JSON object."
HELD_BACK = "Your reply was held back; answer in other words, as the JSON object."
NOTHING_WRITTEN = Written()


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a model wrote, and why it ended."""

    raw: str
    finish: str | None
    writer: str
    called: bool = False  # it came as the arguments of a tool


@dataclass(frozen=True, slots=True)
class Judged:
    """A reply as the whole text it makes; no draft where it cannot be used, for the `problems` told.

    With a draft, the problems are soft ones: it is asked for once more, and used if nothing better comes.
    """

    draft: Draft | None
    written: Written = NOTHING_WRITTEN
    problems: tuple[str, ...] = ()
    kind: Kind = "unverified"
    repaired: tuple[str, ...] = ()
    lesser: Kind | None = None  # what the reader is told of an answer that can be used
    refused: bool = False  # a guard would not have it asked for again


@dataclass(frozen=True, slots=True)
class Saved:
    """What could be saved of a reply that holds no draft, and how; `cut`: something behind it is missing."""

    draft: Draft
    how: str
    cut: bool


def judge(reply: Reply, task: Task, following: Following, guard: AnswerGuard) -> Judged:
    """What a reply is worth."""
    if reply.finish == "content_filter":
        return Judged(None, problems=(HELD_BACK,), kind="model_filtered")
    reading = read(reply.raw)
    if reading.draft:
        judged = _checked(reading.draft, reply, task, following, guard)
        if judged.draft:
            called = ("the answer as a call of a tool",) if reply.called else ()
            return replace(judged, repaired=(*called, *reading.repaired, *judged.repaired))
    else:
        judged = Judged(None, problems=reading.problems, kind="model_garbled")
        saved = _salvaged(reply, task)
        if saved:
            again = _checked(saved.draft, reply, task, following, guard)
            if again.draft:
                lesser: Kind | None = "answer_cut" if saved.cut else None
                return replace(again, repaired=(saved.how, *again.repaired), lesser=lesser)
    return _explained(judged, reply, reading.draft)


def _checked(draft: Draft, reply: Reply, task: Task, following: Following, guard: AnswerGuard) -> Judged:
    turned = draft.answerable and not draft.citations and only_says_nothing(draft.answer)
    if turned:
        draft = draft.model_copy(update={"answerable": False})
    looked_up = not draft.citations and draft.answerable
    if looked_up:
        draft = draft.model_copy(update={"citations": claim_sources(draft.answer, task.passages)})
    join = following.whole(draft.answer)
    left = following.left.until(join.at)
    claims = claim_sources(left.text, task.passages)
    left = left.mapped(lambda text: claimed(text, claims))
    written = left.more(reply.writer, join.glue + draft.answer[join.skip :])
    joined = Draft(
        answer=written.text,
        citations=[*_not_in(claims, draft.citations), *draft.citations],
        answerable=draft.answerable or bool(claims),
        follow_ups=draft.follow_ups,
    )
    passages, question = [passage.text for passage in task.passages], task.question.text
    validation = guard.check(joined, passages, canary=task.fence, question=question)
    against = task.looking.against(joined.answer, [(one.passage, one.quote) for one in joined.citations])
    told = (_told(finding, joined.answer) for finding in against.doing(*STOPPING))
    problems = tuple(dict.fromkeys((*validation.problems, *told)))
    if problems:
        return Judged(None, problems=problems, refused=against.action == "refuse")
    repaired = ("answerable set right",) if turned else ()
    if looked_up and draft.citations:
        repaired = ("quotes looked up",)
    return Judged(joined, written, problems=validation.soft, repaired=repaired)


def _told(finding: Finding, draft: str) -> str:
    """What a model is told of a finding in its draft."""
    if finding.guard != Support.name or not finding.where:
        return finding.why
    sentence = " ".join(unmarked(draft[slice(*finding.where)]).split())
    return f"The sentence “{sentence}” is supported by no passage; leave it out or quote what it rests on."


def _not_in(claims: Sequence[Claim], given: Sequence[Claim]) -> list[Claim]:
    """The claims whose words no given quote holds, or is held by."""

    def same(one: Claim, other: Claim) -> bool:
        return one.passage == other.passage and (one.quote in other.quote or other.quote in one.quote)

    return [claim for claim in claims if not any(same(claim, other) for other in given)]


def _salvaged(reply: Reply, task: Task) -> Saved | None:
    """The answer of a reply that is no whole JSON, as far as its sentences are whole.

    It must rest on sources of its own: behind a good beginning even nonsense would pass the validation of the whole.
    """
    stream = AnswerStream()
    text, how = stream.feed(cut_off(reply.raw)), "all but the answer left out"
    whole = stream.ended
    if not text:
        text, how = prose(reply.raw), "prose instead of JSON"
        whole = reply.finish == "stop"
    kept = text if whole else whole_sentences(text)
    claims = claim_sources(kept, task.passages)
    return Saved(Draft(answer=kept, citations=claims), how, cut=not whole) if claims else None


def _explained(judged: Judged, reply: Reply, draft: Draft | None) -> Judged:
    """The judgement of a reply that cannot be used, with what to tell its model."""
    if reply.finish == "tool_calls" and draft is None:
        return Judged(None, problems=(NO_TOOLS,), kind="model_empty")
    if not reply.raw.strip() or (draft and not draft.answer.strip()):
        return Judged(None, problems=(NOTHING,), kind="model_empty")
    if not spoken(reply.raw).strip():
        return Judged(None, problems=(ONLY_THOUGHTS,), kind="model_empty")
    if reply.finish == "length":
        return Judged(None, problems=(TOO_LONG,), kind="model_garbled")
    return judged
