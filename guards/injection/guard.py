"""The guard against injection: finds attempts to take the assistant over in questions, documents and passages."""

from collections.abc import Iterator
from dataclasses import dataclass

from guards.guard import Context
from guards.injection.decoding import Variant, variants
from guards.injection.patterns import Seen, seen, whys
from guards.verdicts import Finding

LIKELY = 0.5
# Of how sure the classifier is of a document or a decoded text in which no pattern is found: it has learnt from what
# people type, and takes rows of numbers and formulas for anything.
UNSAID = 0.4
HIDDEN_ON_PURPOSE = 0.3  # of the doubt that is left when what is likely an attack was hidden besides
UNSEEN = 0.8  # how sure it is of words in characters that nobody sees, whatever they say
TURNS = 3  # questions before this one that may hold the beginning of an attack
LONGEST_TURN = 2_000  # characters of each
SHOWN = 80  # characters of hidden text in a reason
HARMLESS = frozenset({"comment", "attribute", "pieces put together"})  # ways to hide that people use every day

_ASKED = (
    "This reads like an attempt to change how the assistant works. "
    "If you mean a question about the documents, please ask it in plain words."
)
_WRITTEN = "This reads like instructions to an AI rather than like something a reader is told."


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a text, what attacks say in it, and how likely it is one."""

    variant: Variant
    found: list[Seen]
    sure: float


class Injection:
    """Patterns, decoding and a small classifier. Safe to use from many threads; holds no state."""

    name = "injection"

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        """Each pattern with its place, each hidden text, and one finding for the whole, each as sure as it all is."""
        if not text.strip():
            return
        document = context.stand in ("document", "passage")
        plain = _read(Variant(text, 0, len(text), ()), document=document)
        hidden = [_read(variant, document=document) for variant in variants(text)]
        earlier = _over_turns(text, context.history) if context.history and not document else None
        sure = max([plain.sure, *(one.sure for one in hidden), earlier.sure if earlier else 0.0])
        for one in plain.found:
            yield Finding(self.name, _name(one.kind), whys()[one.kind], (one.start, one.end), sure=plain.sure)
        for reading in hidden:
            if reading.sure >= max(LIKELY, plain.sure):
                place = (reading.variant.start, reading.variant.end)
                yield Finding(self.name, "hidden text", _hidden(reading), place, sure=reading.sure)
        if earlier and earlier.sure > plain.sure:
            why = "Together with the questions before it, it makes an attempt to change how the assistant works."
            yield Finding(self.name, "over several turns", why, sure=earlier.sure)
        yield Finding(self.name, "injection", _WRITTEN if document else _ASKED, sure=sure)


def _read(variant: Variant, *, document: bool) -> _Reading:
    from guards.injection.classifier import likelihood  # brings numpy and the weights

    found = seen(variant.text, document=document)
    sure = likelihood(variant.text, found, document=document)
    if not found and (document or variant.how):
        sure *= UNSAID
    on_purpose = set(variant.how) - HARMLESS
    if on_purpose and sure >= LIKELY:
        sure = 1 - (1 - sure) * HIDDEN_ON_PURPOSE
    if "invisible characters" in on_purpose and len(variant.text.split()) > 1:
        sure = max(sure, UNSEEN)
    return _Reading(variant, found, sure)


def _over_turns(text: str, history: tuple[str, ...]) -> _Reading | None:
    """What only shows when this question is read together with those before it.

    Something must begin before and end in this question: an attack that was refused earlier does not taint the
    harmless question after it.
    """
    before = "\n".join(turn[-LONGEST_TURN:] for turn in history[-TURNS:]) + "\n"
    whole = before + text
    readings = [_read(Variant(whole, 0, len(whole), ()), document=False)]
    readings += [_read(one, document=False) for one in variants(whole) if one.start < len(before) < one.end]
    across = [one for one in readings if one.variant.how or _crosses(one.found, len(before))]
    return max(across, key=lambda one: one.sure, default=None)


def _crosses(found: list[Seen], border: int) -> bool:
    return any(one.start < border < one.end for one in found)


def _hidden(reading: _Reading) -> str:
    text = " ".join(reading.variant.text.split())
    shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return f"It hides text ({', '.join(reading.variant.how)}): “{shown}”"


def _name(kind: str) -> str:
    return kind.replace("_", " ")
