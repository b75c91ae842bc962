"""Invented refusals: attacks, and harmless questions that a guard takes for one, whose readers appeal."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rag.demo.material import Material

WHY = "It tells the assistant to drop the instructions it works by."
ANSWER = (
    "This reads like an attempt to change how the assistant works. "
    "If you mean a question about the documents, please ask it in plain words."
)
HARMLESS = 0.4  # of the refused
DECIDED_AFTER = timedelta(hours=20)
SAMPLED, JUDGED = 0.03, 0.7  # of what was let pass; of the sample


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused question, and what people said of it."""

    question: str
    sure: float
    appealed: bool
    verdict: str | None  # of a reviewer: fine, attack
    answer: str = ANSWER

    def as_of(self, at: datetime, now: datetime) -> "Refusal":
        """What of it is known now, of a question that was refused at some time."""
        return self if at < now - DECIDED_AFTER else replace(self, verdict=None)

    def findings(self, at: datetime) -> list[dict[str, Any]]:
        right = {"fine": "wrong", "attack": "right"}.get(self.verdict or "")
        return [
            {
                "stand": "question",
                "guard": "injection",
                "what": "override",
                "why": WHY,
                "start": None,
                "end": None,
                "sure": self.sure,
                "action": "refuse",
                "verdict": right,
                "reviewed_at": at + DECIDED_AFTER if right else None,
                "created_at": at,
            }
        ]

    def review(self, at: datetime) -> list[dict[str, Any]]:
        if not self.appealed:
            return []
        reviewed = at + DECIDED_AFTER if self.verdict else None
        return [{"kind": "appeal", "verdict": self.verdict, "reviewed_at": reviewed, "created_at": at}]


def refusal(random: Random, material: Material) -> Refusal:
    """A question that was refused, rightly or not."""
    if random.random() < HARMLESS:
        appealed = random.random() < 0.75
        verdict = "fine" if appealed and random.random() < 0.6 else None
        return Refusal(random.choice(material.harmless), round(random.uniform(0.55, 0.8), 4), appealed, verdict)
    appealed = random.random() < 0.08
    return Refusal(
        random.choice(material.attacks), round(random.uniform(0.9, 1), 4), appealed, "attack" if appealed else None
    )


def sample(random: Random, at: datetime, now: datetime) -> list[dict[str, Any]]:
    """Now and then reviewers are asked about what was let pass, and find it harmless."""
    if random.random() >= SAMPLED:
        return []
    verdict = "fine" if random.random() < JUDGED and at < now - DECIDED_AFTER else None
    reviewed = at + DECIDED_AFTER if verdict else None
    return [{"kind": "sample", "verdict": verdict, "reviewed_at": reviewed, "created_at": at}]
