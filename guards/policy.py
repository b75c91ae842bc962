"""Which guard stands where, and what follows from what it finds.

Guards of one stand run side by side, each under its own time limit, because they may be models or of others' making.
One that takes too long cannot be ended, only left behind: until it comes back it is not asked again, and counts as
broken meanwhile.
"""

import threading
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from guards.guard import NOTHING_ELSE, Context, Guard
from guards.timed import Timed
from guards.verdicts import ACTIONS, BROKEN, Acted, Action, Finding, Ruling, Stand


class Posted(NamedTuple):
    """What a guard does at a stand, and how sure it must be."""

    action: Action
    threshold: float


@dataclass(frozen=True, slots=True)
class Post:
    """A guard at its stand. Findings it is less sure of than `threshold` are left out.

    `when_broken`: "open" lets the text pass, "closed" does to it what a finding would.
    """

    guard: str
    stand: Stand
    action: Action
    threshold: float = 0.5
    time_limit_s: float = 1.0
    when_broken: Literal["open", "closed"] = "open"


def posted(text: str) -> Posted:
    """Reads a post as the settings have it: "refuse", or "refuse 0.8". Raises ValueError."""
    action, _, threshold = text.strip().partition(" ")
    sure = float(threshold or 0.5)
    if action not in ACTIONS or not 0 <= sure <= 1:
        raise ValueError(f'"{text}" is no post: write one of {", ".join(ACTIONS)}, and perhaps a number from 0 to 1')
    return Posted(action, sure)


class Policy:
    """Has texts looked at by whoever stands there. Safe to use from many threads."""

    def __init__(self, posts: Sequence[Post], guards: Mapping[str, Guard]) -> None:
        """Raises KeyError when a guard is posted that does not exist."""
        self._timed = {post.guard: Timed(guards[post.guard]) for post in posts}
        self._posts = tuple(posts)
        self._setting = threading.Lock()

    @property
    def posts(self) -> tuple[Post, ...]:
        """All posts as they stand now."""
        return self._posts

    @property
    def active(self) -> tuple[Post, ...]:
        """Those that do anything."""
        return tuple(post for post in self._posts if post.action != "allow")

    def set_threshold(self, stand: Stand, guard: str, threshold: float) -> None:
        """From now on the guard has to be that sure there."""
        with self._setting:
            self._posts = tuple(
                replace(post, threshold=threshold) if (post.stand, post.guard) == (stand, guard) else post
                for post in self._posts
            )

    def stands(self, stand: Stand, actions: Collection[Action] = ACTIONS) -> bool:
        """Whether anybody looks at texts there who does one of these."""
        return bool(self._standing(stand, actions))

    def rule(
        self,
        stand: Stand,
        text: str,
        context: Context = NOTHING_ELSE,
        *,
        actions: Collection[Action] = ACTIONS,
        without: Container[str] = (),
    ) -> Ruling:
        """What the guards of this stand make of a text; of those alone that do one of these `actions`.

        Guards named in `without` are not asked.
        """
        context = replace(context, stand=stand)
        standing = [post for post in self._standing(stand, actions) if post.guard not in without]
        asked = [(post, self._timed[post.guard].ask(text, context)) for post in standing]
        acted: list[Acted] = []
        broken: list[str] = []
        scores: dict[str, float] = {}
        for post, looking in asked:
            found = looking.result(post.time_limit_s)
            if found is None:
                broken.append(post.guard)
                found = [_broken(post)] if post.when_broken == "closed" else []
            else:
                scores[post.guard] = max((finding.sure for finding in found), default=0.0)
            acted += [Acted(finding, _action(post, finding)) for finding in found if finding.sure >= post.threshold]
        hardest: Action = max((one.action for one in acted), key=ACTIONS.index, default="allow")
        return Ruling(hardest, tuple(acted), tuple(broken), scores)

    def close(self) -> None:
        """Waits for nobody."""
        for timed in self._timed.values():
            timed.close()

    def _standing(self, stand: Stand, actions: Collection[Action]) -> list[Post]:
        return [post for post in self.active if post.stand == stand and post.action in actions]


def _action(post: Post, finding: Finding) -> Action:
    """What the post says; nothing is left to ask or to read where all of a text would be masked."""
    all_of_it = post.action == "mask" and finding.where is None
    return "refuse" if all_of_it and post.stand in ("question", "passage") else post.action


def _broken(post: Post) -> Finding:
    why = "A check of this text failed, and it may not pass without: try again in a moment."
    return Finding(post.guard, BROKEN, why)
