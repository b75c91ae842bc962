"""What invented analysts made of answers: statuses, notes, replies, cases, examples and tasks."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rag.demo.material import Fact, Material
from rag.demo.writing import Written

AT_ONCE = timedelta(days=1)  # what is younger nobody has looked at
MOST = {"case": 40, "example": 8, "verified": 8, "approved": 120, "task": 12}


@dataclass(slots=True)
class Handled:
    """What was done with one answer, as rows."""

    item: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    about: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, kind: str, row: dict[str, Any]) -> None:
        self.about.setdefault(kind, []).append(row)


def analyst(number: int) -> str:
    """The id of an invented analyst."""
    return f"demo-analyst-{number + 1}"


class Handling:
    """Decides what analysts did. What there should be few of in all is counted."""

    def __init__(self, random: Random, material: Material, now: datetime) -> None:
        self._random, self._material, self._now = random, material, now
        self._made: Counter[str] = Counter()
        self._tasks: set[str] = set()

    def of(
        self, question: str, fact: Fact | None, answer: Written, said: dict[str, Any] | None, at: datetime
    ) -> Handled:
        """What was done with this answer until now: more the more was said about it."""
        done, draw = Handled(), self._random
        told = said is not None and (said["rating"] < 0 or said["correction"])
        if at > self._now - AT_ONCE or draw.random() >= (0.55 if told else 0.015):
            return done
        who, when = analyst(draw.randrange(len(self._material.analysts))), at + timedelta(hours=draw.uniform(3, 20))
        status = draw.choices(("fixed", "wont_fix", "in_review"), (55, 20, 25))[0]
        done.item = {"status": status, "assignee": who}
        self._note(done, "assignee", f">{who}", who, when)
        self._note(done, "status", f"new>{status}", who, when + timedelta(minutes=9))
        if draw.random() < 0.3:
            self._note(done, "note", draw.choice(self._material.notes), who, when + timedelta(minutes=5))
        if draw.random() < 0.25:
            done.tags = (draw.choice(self._material.tags),)
            self._note(done, "tag", f"+{done.tags[0]}", who, when + timedelta(minutes=6))
        if said and told and draw.random() < 0.3:
            self._reply(done, said, who, when)
        if status == "fixed" and fact:
            self._outcome(done, question, fact, answer, (who, when))
        if answer.kind in ("gap", "stale", "both"):
            self._task(done, question, fact, answer, (who, when))
        return done

    def _note(self, done: Handled, kind: str, detail: str, who: str, at: datetime) -> None:
        done.add("event", {"actor": who, "kind": kind, "detail": detail, "created_at": at})

    def _reply(self, done: Handled, said: dict[str, Any], who: str, at: datetime) -> None:
        words = self._material.replies[2 if said["correction"] else 0 if said["reasons"] else 1]
        seen = at + timedelta(hours=26) if self._random.random() < 0.7 else None
        seen = seen if seen and seen < self._now else None
        done.add("reply", {"text": words, "by": who, "created_at": at, "seen_at": seen})
        self._note(done, "reply", "", who, at)

    def _outcome(self, done: Handled, question: str, fact: Fact, answer: Written, by: tuple[str, datetime]) -> None:
        """The right answer becomes a case or an approved text; now and then it is an example or a verified answer."""
        who, at = by
        places = answer.places[:1]
        if self._is_made("approved", 0.5):
            done.add("approved", {"text": fact.now.says, "by": who, "created_at": at})
            self._note(done, "approved", "", who, at)
        if self._is_made("case", 0.25):
            source = {
                "document_id": places[0].document_id if places else None,
                "document": fact.now.document,
                "quote": fact.now.quote,
            }
            done.add("case", _case(source, fact, who, at))
            self._note(done, "case", "", who, at)
        if answer.kind in ("good", "both") and self._is_made("example", 0.5):
            done.add("example", _example(question, answer, at))
            self._note(done, "example", "", who, at)
        elif answer.kind in ("good", "both") and self._is_made("verified", 0.6):
            done.add("verified", _verified(question, answer, who, at, off=self._made["verified"] % 2 == 0))
            self._note(done, "verified", "", who, at)

    def _task(self, done: Handled, question: str, fact: Fact | None, answer: Written, by: tuple[str, datetime]) -> None:
        """Something to do about the documents, once for each of them."""
        who, at = by
        kind = {"gap": "missing", "stale": "outdated", "both": "contradicting"}[answer.kind]
        old = fact.old.document if fact and fact.old else ""
        title = {
            "missing": f"Nothing answers: {question}",
            "outdated": f"{old} is still found, although it was replaced",
            "contradicting": f"{old} and {fact.now.document if fact else ''} differ",
        }[kind]
        if title in self._tasks or not self._is_made("task", 1.0):
            return
        self._tasks.add(title)
        status = self._random.choice(("open", "open", "done"))
        ids = [place.document_id for place in answer.places] if kind != "missing" else []
        row = {
            "kind": kind,
            "title": title,
            "words": self._random.choice(self._material.notes),
            "document_id": ids[0] if ids else None,
            "other_id": ids[1] if len(ids) > 1 else None,
            "status": status,
            "assignee": who,
            "by": who,
            "created_at": at,
            "closed_at": at + timedelta(hours=3) if status == "done" else None,
        }
        done.add("task", row)
        self._note(done, "task", title, who, at)

    def _is_made(self, kind: str, chance: float) -> bool:
        if self._made[kind] >= MOST[kind] or self._random.random() >= chance:
            return False
        self._made[kind] += 1
        return True


def _case(source: dict[str, Any], fact: Fact, who: str, at: datetime) -> dict[str, Any]:
    return {
        "dataset": "demo",
        "question": fact.asked[0],
        "answerable": True,
        "sources": [source],
        "facts": [],
        "by": who,
        "created_at": at,
        "changed_at": at,
    }


def _example(question: str, answer: Written, at: datetime) -> dict[str, Any]:
    """Switched off: no model is shown it."""
    passages = [
        {"number": number, "document_id": place.document_id, "document": place.title, "text": place.quote}
        for number, place in enumerate(answer.places, start=1)
    ]
    draft = {
        "answer": answer.text,
        "citations": [{"passage": one["number"], "quote": one["text"]} for one in passages],
        "answerable": True,
        "follow_ups": [],
    }
    return {"question": question, "passages": passages, "draft": draft, "enabled": False, "created_at": at}


def _verified(question: str, answer: Written, who: str, at: datetime, *, off: bool) -> dict[str, Any]:
    """Expired or switched off: no reader is served it."""
    return {
        "question": question,
        "text": answer.text,
        "citations": [one | {"id": 0} for one in answer.citations],
        "sources": [],
        "state": "off" if off else "expired",
        "expired_why": "" if off else f"{answer.places[0].title} was replaced.",
        "by": who,
        "created_at": at,
        "changed_at": at,
        "served": 0,
    }
