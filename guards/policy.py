"""Which guard stands where, and what follows from what it finds.

Guards of one stand run side by side, each under its own time limit, because they may be models or of others' making.
One that takes too long cannot be ended, only left behind: until it comes back it is not asked again, and counts as
broken meanwhile.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass, replace
from typing import Literal

from guards.guard import NOTHING_ELSE, Context, Guard
from guards.verdicts import ACTIONS, Acted, Action, Finding, Ruling, Stand

AT_ONCE = 8
log = logging.getLogger(__name__)


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


class Policy:
    """Has texts looked at by whoever stands there. Safe to use from many threads."""

    def __init__(self, posts: Sequence[Post], guards: Mapping[str, Guard]) -> None:
        """Raises KeyError when a guard is posted that does not exist."""
        self._posts = [(post, guards[post.guard]) for post in posts if post.action != "allow"]
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="guard")
        self._lock = threading.Lock()
        self._late: dict[str, Future[list[Finding]]] = {}

    def stands(self, stand: Stand) -> bool:
        """Whether anybody looks at texts there."""
        return any(post.stand == stand for post, _ in self._posts)

    def rule(self, stand: Stand, text: str, context: Context = NOTHING_ELSE) -> Ruling:
        """What the guards of this stand make of a text."""
        context = replace(context, stand=stand)
        asked = [(post, self._ask(post, guard, text, context)) for post, guard in self._posts if post.stand == stand]
        acted: list[Acted] = []
        broken: list[str] = []
        for post, looking in asked:
            found = self._found(post, looking)
            if found is None:
                broken.append(post.guard)
                found = [_broken(post)] if post.when_broken == "closed" else []
            acted += [Acted(finding, post.action) for finding in found]
        hardest: Action = max((one.action for one in acted), key=ACTIONS.index, default="allow")
        return Ruling(hardest, tuple(acted), tuple(broken))

    def close(self) -> None:
        """Waits for nobody."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, post: Post, guard: Guard, text: str, context: Context) -> Future[list[Finding]] | None:
        with self._lock:
            late = self._late.get(post.guard)
            if late and not late.done():
                return None
            self._late.pop(post.guard, None)
        return self._threads.submit(lambda: list(guard.find(text, context)))

    def _found(self, post: Post, looking: Future[list[Finding]] | None) -> list[Finding] | None:
        """What a guard found and is sure enough of; None: it is broken."""
        if looking is None:
            return None
        try:
            found = looking.result(post.time_limit_s)
        except OutOfTime:
            log.warning("The guard %s took longer than %g s", post.guard, post.time_limit_s)
            with self._lock:
                self._late[post.guard] = looking
            return None
        except Exception:  # guards may be of others' making
            log.exception("The guard %s failed", post.guard)
            return None
        return [finding for finding in found if finding.sure >= post.threshold]


def _broken(post: Post) -> Finding:
    return Finding(
        post.guard, "broken", "A check of this text could not be done, and it may not pass without.", sure=1.0
    )
