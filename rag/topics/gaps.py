"""What people ask that the documents do not answer: such questions, those that ask the same together."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from rag.topics import merging
from rag.topics.vectors import unpacked
from store.records.topics import MissedRecord, NearRecord

ALIKE = 0.7  # cosine to the first of a group; looser than for questions that one answer serves, see docs/topics.md
FADES_DAYS = 30.0  # after so long a person who asked counts about a third
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask for the same thing, the latest first; the same question of a person counts once."""

    asked: tuple[MissedRecord, ...]  # different ones
    times: int
    people: int
    latest: datetime
    score: float  # people, the latest of them counting most
    not_found: int
    refused: int
    rated_down: int
    near: tuple[NearRecord, ...] = ()


def gaps(missed: Sequence[MissedRecord], now: datetime) -> list[Gap]:
    """The groups, first those that most people asked lately."""
    ordered = sorted(missed, key=lambda one: one.at, reverse=True)
    groups: defaultdict[int, list[MissedRecord]] = defaultdict(list)
    for one, group in zip(ordered, _groups(ordered), strict=True):
        groups[group].append(one)
    return sorted(
        (_gap(group, now) for group in groups.values()), key=lambda one: (-one.score, -one.latest.timestamp())
    )


def _groups(asked: Sequence[MissedRecord]) -> list[int]:
    """The number of each question's group: same words, or near in meaning where both were embedded."""
    if not asked:
        return []
    words = merging.same_words([one.text for one in asked])
    first = {int(group): at for at, group in reversed(list(enumerate(words)))}
    places = [at for at in first.values() if asked[at].vector]
    dimensions = {len(asked[at].vector) for at in places}
    if len(dimensions) != 1:  # none yet, or of two models: words alone
        return [int(group) for group in words]
    vectors = unpacked([asked[at].vector for at in places])
    weights = np.bincount(words, minlength=len(first)).astype(np.float32)[[int(words[at]) for at in places]]
    near = merging.near(vectors, weights, ALIKE, lambda: None)
    joined = {int(words[at]): -1 - int(group) for at, group in zip(places, near, strict=True)}
    return [joined.get(int(group), int(group)) for group in words]


def _gap(group: Sequence[MissedRecord], now: datetime) -> Gap:
    last: dict[str, datetime] = {}
    for one in group:
        last[one.person_id] = max(one.at, last.get(one.person_id, one.at))
    different = {" ".join(one.text.casefold().split()): one for one in reversed(group)}
    ages = [max(0.0, (now - at).total_seconds() / 86_400) for at in last.values()]
    return Gap(
        asked=tuple(sorted(different.values(), key=lambda one: one.at, reverse=True)),
        times=len(group),
        people=len(last),
        latest=group[0].at,
        score=sum(math.exp(-age / FADES_DAYS) for age in ages),
        not_found=sum(one.state == "not_found" for one in group),
        refused=sum(one.state == "refused" for one in group),
        rated_down=sum(one.state not in ("not_found", "refused") for one in group),
    )
