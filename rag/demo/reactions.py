"""What invented readers do with answers: the more something is wrong, the more of them say so."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rag import diffs
from rag.demo.material import Fact, Material
from rag.demo.writing import Kind, Written

# Of answers of each kind: how many are rated, and how many of these well.
RATED: dict[Kind, tuple[float, float]] = {
    "good": (0.20, 0.94),
    "both": (0.24, 0.90),
    "stale": (0.45, 0.10),
    "loose": (0.32, 0.20),
    "astray": (0.50, 0.04),
    "missing": (0.30, 0.03),
    "gap": (0.14, 0.06),
    "failed": (0.06, 0.0),
    "stopped": (0.05, 0.0),
}
REASONS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "good": (("Incomplete",), ("Hard to read",)),
    "both": (("Hard to read",), ("Incomplete",)),
    "stale": (("Out of date",), ("Out of date", "Wrong"), ("Wrong",), ("Wrong source",)),
    "loose": (("Wrong",), ("Wrong source",), ("Wrong", "Wrong source")),
    "astray": (("Not what I asked",), ("Wrong", "Not what I asked")),
    "missing": (("Incomplete",), ("Not what I asked",)),
    "gap": (("Incomplete",), ()),
}
COMMENTS: dict[Kind, str] = {
    "stale": "stale",
    "loose": "loose",
    "astray": "astray",
    "missing": "missing",
    "gap": "missing",
}
CORRECTED = 0.35  # of thumbs down where a right answer is known


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reader says of an answer, the current word last."""

    feedback: tuple[dict[str, Any], ...]

    @property
    def now(self) -> dict[str, Any] | None:
        return self.feedback[-1] if self.feedback else None


def heard(random: Random, person: str, answer: Written, fact: Fact | None, at: datetime, material: Material) -> Heard:
    """A rating now and then, with reasons, a comment and sometimes the answer as it should be."""
    rated, well = RATED.get(answer.kind, (0.0, 0.0))
    if random.random() >= rated:
        return Heard(())
    rating = 1 if random.random() < well else -1
    said = _feedback(person, at + timedelta(seconds=random.randint(8, 90)), rating)
    if rating > 0:
        if random.random() < 0.1:
            said["comment"] = random.choice(material.said["good"])
        return Heard((said,))
    said["reasons"] = list(random.choice(REASONS.get(answer.kind, ((),))))
    comments = material.said.get(COMMENTS.get(answer.kind, ""), material.said["short"])
    if random.random() < 0.4:
        said["comment"] = random.choice(comments)
    if fact and answer.kind in ("stale", "loose", "astray", "missing") and random.random() < CORRECTED:
        said["correction"] = fact.now.says
        said["diff"] = [asdict(one) for one in diffs.changes(answer.text, fact.now.says)]
    if random.random() < 0.08:  # a change of mind, which is kept
        before = _feedback(person, at + timedelta(seconds=5), 1) | {"current": False}
        return Heard((before, said))
    return Heard((said,))


def signals(random: Random, answer: Written, more: Sequence[str], at: datetime, *, last: bool) -> list[dict[str, Any]]:
    """What a reader did: `more` is what the next question tells of this answer."""
    kinds = list(more)
    if answer.kind == "stopped":
        kinds.append("stopped")
    elif answer.kind in ("good", "both", "loose", "stale"):
        chances = (("citation_opened", 0.28), ("copied", 0.17), ("returned", 0.05))
        kinds += [kind for kind, chance in chances if random.random() < chance]
    if last and answer.kind in ("astray", "missing", "failed") and random.random() < 0.3:
        kinds.append("left")
    return [_signal(random, kind, at) for kind in dict.fromkeys(kinds)]


def _signal(random: Random, kind: str, at: datetime) -> dict[str, Any]:
    first = at + timedelta(seconds=random.randint(4, 50))
    count = random.choice((1, 1, 1, 2)) if kind in ("copied", "citation_opened") else 1
    return {
        "kind": kind,
        "count": count,
        "detail": "1" if kind == "citation_opened" else "",
        "first_at": first,
        "last_at": first + timedelta(seconds=9 * (count - 1)),
    }


def _feedback(person: str, at: datetime, rating: int) -> dict[str, Any]:
    return {
        "person_id": person,
        "rating": rating,
        "reasons": [],
        "comment": "",
        "correction": None,
        "diff": [],
        "sources": [],
        "current": True,
        "created_at": at,
    }
