"""Invented visits: what is asked, what is asked after that, and what comes of each question."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rag.demo.guarding import Refusal, refusal, sample
from rag.demo.handling import Handling
from rag.demo.library import Shelf
from rag.demo.material import Fact, Material
from rag.demo.reactions import heard, signals
from rag.demo.tracing import trace
from rag.demo.traffic import Coming
from rag.demo.writing import BAD, FIRST, SECOND, WRITERS, Kind, Written, drawn, written
from store.demo import Answered, Talk

FAILED = "The answer could not be written: the model did not answer."
GAPS, REFUSED, BROKEN, STOPPED = 0.10, 0.02, 0.012, 0.02  # of all questions
FOLLOWED, REPHRASED, ASKED_AGAIN = 0.5, 0.34, 0.10  # where there is something to follow, or something went wrong


@dataclass(slots=True)
class Turn:
    """One question on its way."""

    text: str | None  # none: asked again
    query: str
    fact: Fact | None
    kind: Kind | None  # none: to be drawn
    wait_s: float
    told: tuple[str, ...] = ()  # signals about the answer before
    rewritten_by: str | None = None
    refusal: Refusal | None = None
    writer: str | None = None


class Author:
    """Writes visits. The same random numbers, material and library make the same visits."""

    def __init__(
        self,
        random: Random,
        material: Material,
        shelf: Shelf,
        settings: Mapping[str, Any],
        changed: datetime,
        now: datetime,
    ) -> None:
        self._random, self._material, self._shelf = random, material, shelf
        self._settings, self._changed = dict(settings), changed  # when the second prompt came
        self._now = now
        self._handling = Handling(random, material, now)
        self._shares = [fact.share for fact in material.facts]

    def talk(self, coming: Coming, person: str) -> Talk:
        """A visit with its conversation."""
        turns = self._turns(coming)
        at, answers = coming.start, []
        for number, turn in enumerate(turns):
            at += timedelta(seconds=turn.wait_s if number else 0)
            following = turns[number + 1] if number + 1 < len(turns) else None
            answers.append(self._answered(turn, following, person, at))
        title = turns[0].text or ""
        conversation = {
            "id": f"demo-{self._random.getrandbits(72):018x}",
            "person_id": person,
            "title": title if len(title) <= 60 else title[:59].rstrip() + "…",
            "created_at": coming.start,
            "updated_at": at,
        }
        visit = {
            "person_id": person,
            "started_at": coming.start,
            "last_at": at,
            "day": coming.start.date(),
            "questions": len(answers),
            "returned": coming.returned,
        }
        return Talk(visit, conversation, answers)

    def _turns(self, coming: Coming) -> list[Turn]:
        prompt = self._prompt(coming.start)
        turns: list[Turn] = []
        while len(turns) < coming.questions:
            turn = self._next(turns[-1] if turns else None)
            if turn.refusal is None:
                turn.writer = self._random.choices(list(WRITERS), list(WRITERS.values()))[0]
            if turn.kind is None and turn.fact and turn.writer:
                turn.kind = drawn(self._random, turn.fact, prompt, turn.writer)
            turns.append(turn)
        return turns

    def _next(self, before: Turn | None) -> Turn:
        draw, random = self._random, self._random.random
        if before and before.fact and before.kind in BAD:
            if random() < REPHRASED:
                other = draw.choice(before.fact.asked)
                return Turn(other, other, before.fact, None, draw.uniform(18, 55), ("rephrased",))
            if random() < ASKED_AGAIN:
                return Turn(None, before.query, before.fact, None, draw.uniform(15, 90), ("asked_again",))
        wait = draw.uniform(70, 320)
        after = self._material.followers(before.fact.name) if before and before.fact else ()
        if after and random() < FOLLOWED:
            fact = draw.choice(after)
            return Turn(draw.choice(fact.then), fact.asked[0], fact, None, wait, ("follow_up",), "rules")
        return self._new(wait)

    def _new(self, wait: float) -> Turn:
        draw, one = self._random, self._random.random()
        if one < REFUSED:
            refused = refusal(draw, self._material)
            return Turn(refused.question, "", None, "refused", wait, refusal=refused)
        if one < REFUSED + GAPS:
            text = draw.choice(draw.choice(self._material.gaps).asked)
            return Turn(text, text, None, "gap", wait)
        fact = draw.choices(self._material.facts, self._shares)[0]
        text = draw.choice(fact.asked)
        end: Kind | None = "failed" if one > 1 - BROKEN else "stopped" if one > 1 - BROKEN - STOPPED else None
        return Turn(text, text, fact, end, wait)

    def _answered(self, turn: Turn, following: Turn | None, person: str, at: datetime) -> Answered:
        draw = self._random
        prompt = self._prompt(at)
        answer = self._written(turn)
        refused = turn.refusal.as_of(at, self._now) if turn.refusal else None
        asked = {"prompt": prompt, "writer": turn.writer, "settings": self._settings, "rewritten_by": turn.rewritten_by}
        traced = trace(draw, answer, turn.query, asked, at)
        done = at + timedelta(milliseconds=traced["timings_ms"]["total"])
        said = heard(draw, person, answer, turn.fact, done, self._material)
        about = {
            "trace": [traced],
            "citation": list(answer.citations),
            "feedback": list(said.feedback),
            "signal": signals(draw, answer, following.told if following else (), done, last=following is None),
            "conflict": [row | {"created_at": done} for row in answer.conflicts],
            "finding": refused.findings(done) if refused else [],
            "review": refused.review(done) if refused else sample(draw, done, self._now),
        }
        handled = self._handling.of(turn.text or turn.query, turn.fact, answer, said.now, done)
        return Answered(
            question=None if turn.text is None else _question(turn.text, at),
            answer=_answer(answer, turn.writer, at, done),
            about=about | handled.about,
            item=handled.item,
            tags=handled.tags,
        )

    def _written(self, turn: Turn) -> Written:
        if turn.refusal:
            return Written("refused", turn.refusal.answer)
        if turn.kind == "failed":
            return Written("failed", "")
        fact = turn.fact or self._material.facts[0]  # of a gap only what was found beside it is shown
        return written(self._random, turn.kind or "good", fact, self._shelf, self._material)

    def _prompt(self, at: datetime) -> str:
        return FIRST if at < self._changed else SECOND


def _question(text: str, at: datetime) -> dict[str, Any]:
    return {"text": text, "created_at": at}


def _answer(answer: Written, writer: str | None, at: datetime, done: datetime) -> dict[str, Any]:
    states = {
        "refused": "refused",
        "failed": "failed",
        "stopped": "stopped",
        "missing": "not_found",
        "gap": "not_found",
    }
    looked_at = bool(answer.support)
    return {
        "text": answer.text,
        "state": states.get(answer.kind, "answered"),
        "writer": writer,
        "problem": "no_model" if answer.kind == "failed" else None,
        "follow_ups": [],
        "sentences": len(answer.support) if looked_at else None,
        "supported": answer.supported if looked_at else None,
        "created_at": at + timedelta(milliseconds=20),
        "finished_at": done,
    }
