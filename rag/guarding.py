"""The guards of this house at their stands: made from the settings, with thresholds that reviewers have saved since."""

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from guards.figures import UnfoundFigures
from guards.guard import NOTHING_ELSE, Context, Guard, Watching
from guards.holding import Holding
from guards.injection import Injection
from guards.leak import Leak
from guards.links import Links
from guards.named import NoSuchGuard, named
from guards.personal.guard import PersonalData, RefusedPersonalData
from guards.policy import Policy, Post
from guards.secrets import Secrets
from guards.support import Sentence, Support
from guards.support.entailment import open_entailment
from guards.support.support import Embed
from guards.toxicity import Toxicity
from guards.verdicts import ACTIONS, HIDING, STANDS, Action, Ruling, Stand
from rag.ingest.sentences import sentences
from rag.settings import BadSettings, Guards
from rag.thresholds import Thresholds
from store.engine import Database

OWN: Mapping[str, Callable[[], Guard]] = {
    guard.name: guard for guard in (UnfoundFigures, Injection, Leak, Links, PersonalData, Secrets, Toxicity)
}
log = logging.getLogger(__name__)


class Guarding:
    """Has texts looked at by the guards of the settings. Safe to use from many threads."""

    def __init__(
        self,
        database: Database,
        settings: Guards,
        own: Mapping[str, Callable[[], Guard]] = OWN,
        *,
        embed: Embed | None = None,
    ) -> None:
        """Raises BadSettings for a guard that cannot be had."""
        self._support = support = Support(sentences, embed, open_entailment(settings.entailment))
        own = {**own, Support.name: lambda: support}
        posts = [
            Post(
                guard,
                stand,
                post.action,
                post.threshold,
                settings.time_limit_s,
                "closed" if guard in settings.closed else "open",
            )
            for stand in STANDS
            for guard, post in settings.at(stand).items()
        ]
        if settings.refused:
            strict = Post(RefusedPersonalData.name, "question", "refuse", 0.5, settings.time_limit_s, "closed")
            posts.append(strict)
            own = {**own, RefusedPersonalData.name: lambda: RefusedPersonalData(settings.refused)}
        if nowhere := set(settings.closed) - {post.guard for post in posts}:
            raise BadSettings(
                f"guards.closed names {', '.join(sorted(nowhere))}, which stands nowhere: no text waits for it."
            )
        self._guards = _made({post.guard for post in posts}, settings, own)
        self._policy = Policy(posts, self._guards)
        self._as_set = {f"{post.stand}/{post.guard}": post for post in posts}
        self._thresholds = Thresholds(database)

    @property
    def posts(self) -> tuple[Post, ...]:
        """Who stands where, with the thresholds as they are now."""
        self._refresh()
        return self._policy.posts

    def stands(self, stand: Stand, actions: Collection[Action] = ACTIONS) -> bool:
        """Whether anybody looks at texts there who does one of these."""
        return self._policy.stands(stand, actions)

    def rule(
        self, stand: Stand, text: str, context: Context = NOTHING_ELSE, *, actions: Collection[Action] = ACTIONS
    ) -> Ruling:
        """What the guards of a stand make of a text; of those alone that do one of these `actions`."""
        if not self._policy.stands(stand, actions):
            return Ruling()
        self._refresh()
        return self._policy.rule(stand, text, context, actions=actions)

    def holding(self, context: Context) -> Holding:
        """Looks at the text of one answer while it is being written."""
        watching = self._watching()
        others = {post.guard for post in self._policy.active if post.stand == "stream"} - watching.keys()
        return Holding([*watching.values()], self._rule_clause if others else None, context)

    def _watching(self) -> dict[str, Watching]:
        """The guards that hide what they find while it forms. Those that only flag are asked like any other."""
        hiding = {post.guard for post in self._policy.active if post.stand == "stream" and post.action in HIDING}
        return {name: one for name, one in self._guards.items() if name in hiding and isinstance(one, Watching)}

    def support(self, text: str, context: Context) -> tuple[Sentence, ...] | None:
        """What the sentences of an answer rest on; None where nobody is to look at that, or it cannot be told."""
        if not any((post.stand, post.guard) == ("answer", Support.name) for post in self._policy.active):
            return None
        try:
            return self._support.look(text, context)
        except Exception:  # it may be a model of others' making
            log.exception("The sentences of an answer could not be looked at")
            return None

    def threshold_set(self, stand: Stand, guard: str) -> float:
        """What the settings say. Raises KeyError when the guard does not stand there."""
        return self._as_set[f"{stand}/{guard}"].threshold

    def set_threshold(self, stand: Stand, guard: str, threshold: float | None, *, by: str = "") -> None:
        """Saves how sure a guard has to be at a stand, from now on and for all processes; None: as the settings say.

        `by` is the person who wants it so. Raises Unavailable, and KeyError when the guard does not stand there.
        """
        place, from_settings = f"{stand}/{guard}", self.threshold_set(stand, guard)
        self._thresholds.save(place, threshold, instead_of=from_settings, by=by)
        self._policy.set_threshold(stand, guard, from_settings if threshold is None else threshold)

    def threshold_changes(self, stand: Stand, guard: str) -> list[dict[str, Any]]:
        """Who changed the threshold of a guard at a stand ("at", "by", "old", "new"), the latest first.

        Raises Unavailable.
        """
        return self._thresholds.changes(f"{stand}/{guard}")

    def close(self) -> None:
        self._policy.close()

    def _rule_clause(self, text: str, context: Context) -> Ruling:
        return self._policy.rule("stream", text, context, without=self._watching())

    def _refresh(self) -> None:
        """Takes over thresholds saved since, now and then."""
        saved = self._thresholds.saved_since()
        if saved is not None:
            for place, post in self._as_set.items():
                self._policy.set_threshold(post.stand, post.guard, saved.get(place, post.threshold))


def _made(names: Collection[str], settings: Guards, own: Mapping[str, Callable[[], Guard]]) -> dict[str, Guard]:
    try:
        return {name: own[name]() if name in own else named(name, settings.options.get(name, {})) for name in names}
    except NoSuchGuard as why:
        raise BadSettings(f"The settings in [guards] are not usable: {why}. Known ones: {', '.join(own)}.") from why
