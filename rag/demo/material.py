"""What demo data are made of: questions in readers' words, and answers in the words of the sample documents."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Source:
    """Words of a sample document, and the answer they make."""

    document: str  # file name
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something readers ask, and what the documents say of it."""

    name: str
    topic: str
    share: float
    now: Source
    more: str  # a further sentence of the same document; "" where there is none
    asked: tuple[str, ...]  # the best way to put it first
    after: str  # the fact whose question it may follow
    then: tuple[str, ...]  # how it is put then
    old: Source | None  # an older document that says something else


@dataclass(frozen=True, slots=True)
class Gap:
    """Something readers ask that the documents do not answer."""

    topic: str
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """Everything that is drawn from."""

    facts: tuple[Fact, ...]
    gaps: tuple[Gap, ...]
    attacks: tuple[str, ...]
    harmless: tuple[str, ...]  # refused all the same
    analysts: tuple[str, ...]
    readers: tuple[str, ...]
    said: dict[str, tuple[str, ...]]  # comments of readers, by what is wrong
    loose: tuple[str, ...]  # sentences that nothing supports
    notes: tuple[str, ...]
    tags: tuple[str, ...]
    replies: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """All that is searched for or refused."""
        told = [fact.asked for fact in self.facts] + [gap.asked for gap in self.gaps] + [self.attacks, self.harmless]
        return list(dict.fromkeys(text for texts in told for text in texts))

    def followers(self, name: str) -> tuple[Fact, ...]:
        """What is asked after that."""
        return tuple(fact for fact in self.facts if fact.after == name)

    def beside(self, fact: Fact) -> Fact:
        """Another fact of its topic, which a bad search takes for it; itself where there is no other."""
        others = [one for one in self.facts if one.topic == fact.topic and one.name != fact.name]
        return others[0] if others else fact


@cache
def read() -> Material:
    """The material that comes with the package."""
    told, people = _toml("questions.toml"), _toml("people.toml")
    return Material(
        facts=tuple(_fact(one) for one in told["fact"]),
        gaps=tuple(Gap(one["topic"], tuple(one["asked"])) for one in told["gap"]),
        attacks=tuple(one["question"] for one in told["attack"]),
        harmless=tuple(one["question"] for one in told["harmless"]),
        analysts=tuple(people["analysts"]),
        readers=tuple(people["readers"]),
        said={why: tuple(words) for why, words in people["said"].items()},
        loose=tuple(people["loose"]["sentences"]),
        notes=tuple(people["notes"]["review"]),
        tags=tuple(people["notes"]["tags"]),
        replies=tuple(people["notes"]["replies"]),
    )


def _fact(told: dict[str, Any]) -> Fact:
    return Fact(
        name=told["name"],
        topic=told["topic"],
        share=told.get("share", 1),
        now=Source(told["document"], told["quote"], told["says"]),
        more=told.get("more", ""),
        asked=tuple(told["asked"]),
        after=told.get("after", ""),
        then=tuple(told.get("then", ())),
        old=Source(**told["old"]) if "old" in told else None,
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
