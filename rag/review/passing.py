"""Whether a verified answer passes the guards that stand at answers now: others than when it was vouched for, perhaps.

Guards see it beside the pieces of documents it rests on, and the question it was verified for, whoever asks. So what
they make of it is the same until it, its sources or the posts change, and is kept that long.
"""

from collections.abc import Callable
from dataclasses import dataclass

from guards.guard import Context
from guards.support import Support
from guards.verdicts import BROKEN, HIDING, STOPPING, Action, Ruling, masked
from rag.guarding import Guarding
from store.records import CitationRecord

FLAGGING: tuple[Action, ...] = ("flag",)
KEPT = 4096  # verified answers whose rulings are kept


class Stopped(Exception):
    """A guard would not have the text pass; the message says which one, and why. `lasting`: nor will it soon."""

    def __init__(self, why: str, *, lasting: bool) -> None:
        super().__init__(why)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Wording:
    """What guards look at: the text, beside the pieces of documents its footnotes stand in."""

    question: str  # it is verified for
    text: str
    citations: tuple[CitationRecord, ...]
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """The text as readers may see it, and what is told of it."""

    text: str
    rulings: tuple[Ruling, ...] = ()


Look = Callable[[Wording], Looked]  # raises Stopped


def unguarded(wording: Wording) -> Looked:
    """Where no guards are."""
    return Looked(wording.text)


class Passing:
    """Has verified answers looked at. Safe to use from many threads."""

    def __init__(self, guarding: Guarding, instructions: str, warm: Callable[[], bool]) -> None:
        """`warm` says whether sentences can be compared by meaning yet: until then what supports them is not sure."""
        self._guarding = guarding
        self._instructions = instructions
        self._warm = warm
        self._kept: dict[object, tuple[Ruling, ...]] = {}

    def __call__(self, wording: Wording) -> Looked:
        """What readers may see of it. Raises Stopped."""
        warm = self._warm()
        key = (tuple(post for post in self._guarding.posts if post.stand == "answer"), warm, wording)
        rulings = self._kept.get(key)
        if rulings is None:
            rulings = self._rulings(wording)
            if not any(ruling.broken for ruling in rulings):
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                self._kept[key] = rulings
        _require_unstopped(rulings[0], warm=warm)
        told = tuple(one for one in rulings if one.acted or one.broken)
        return Looked(_without_hidden(wording.text, rulings[0]), told)

    def _rulings(self, wording: Wording) -> tuple[Ruling, ...]:
        """What hides something or stops it; then, where it passes, what is told of what readers see."""
        context = self._context(wording)
        first = self._guarding.rule("answer", wording.text, context, actions=HIDING)
        if first.action in STOPPING:
            return (first,)
        shown = _without_hidden(wording.text, first)
        return (first, self._guarding.rule("answer", shown, context, actions=FLAGGING))

    def _context(self, wording: Wording) -> Context:
        return Context(
            question=wording.question,
            passages=wording.pieces,
            instructions=self._instructions,
            headings=tuple(dict.fromkeys(f"{one.document}: {one.section}" for one in wording.citations)),
            quotes=tuple((one.number, one.quote) for one in wording.citations),
        )


def _without_hidden(text: str, ruling: Ruling) -> str:
    found = ruling.doing("mask")
    return masked(text, found) if found else text


def _require_unstopped(ruling: Ruling, *, warm: bool) -> None:
    stopping = ruling.doing(*STOPPING)
    whole = [one for one in ruling.doing("mask") if one.where is None]  # nothing would be left to vouch for
    if found := (*stopping, *whole):
        lasting = [one for one in found if one.what != BROKEN and (warm or one.guard != Support.name)]
        told = (lasting or found)[0]
        raise Stopped(f"The guard “{told.guard}” would not have it shown: {told.why}", lasting=bool(lasting))
