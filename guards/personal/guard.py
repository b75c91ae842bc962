"""The guard: everything that all detectors see in a text, once each."""

import re
from collections.abc import Iterable, Mapping

from guards.guard import Context
from guards.personal.births import births
from guards.personal.cards import accounts, cards, ibans
from guards.personal.mail import emails
from guards.personal.national import national_ids
from guards.personal.network import ip_addresses
from guards.personal.people import names
from guards.personal.phones import phones
from guards.personal.postal import addresses
from guards.personal.seen import KINDS, Detector, Kind, Seen, apart, counted
from guards.verdicts import Finding

UNKNOWN = "It stands neither in the documents nor in a question: the model may have made it up."
SURE = 0.5  # what is less sure is no finding
DETECTORS: Mapping[Kind, Detector] = {
    "e-mail": emails,
    "phone": phones,
    "card": cards,
    "IBAN": ibans,
    "bank account": accounts,
    "IP address": ip_addresses,
    "national id": national_ids,
    "date of birth": births,
    "name": names,
    "address": addresses,
}

_WITHOUT_DIGITS = (emails, names)
_DIGIT = re.compile(r"\d")


def seen(text: str, kinds: Iterable[Kind] = KINDS, *, least: float = SURE) -> list[Seen]:
    """The personal data in a text, in its order; places do not overlap.

    All detectors are asked, so that a kind left out does not come back as another.
    """
    wanted = frozenset(kinds)
    detectors = DETECTORS.values() if _DIGIT.search(text) else _WITHOUT_DIGITS
    found = [one for find in detectors for one in find(text) if one.sure >= least]
    return [one for one in apart(found) if one.kind in wanted]


class PersonalData:
    """A finding for each place. Beside passages, only what stands neither in them nor in a question is one."""

    name = "personal"

    def __init__(self, kinds: Iterable[Kind] = KINDS) -> None:
        self._kinds = frozenset(kinds)

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        sources = (context.question, *context.history, *context.passages) if context.passages else ()
        known = "\n".join(map(_bare, sources))
        for one in seen(text, self._kinds, least=0.0):
            if not sources or _bare(text[one.start : one.end]) not in known:
                why = f"{one.why} {UNKNOWN}" if sources else one.why
                yield Finding(self.name, one.kind, why, (one.start, one.end), one.sure)


class RefusedPersonalData(PersonalData):
    """Stands where questions are not asked that hold data of these kinds."""

    name = "personal_refused"

    def find(self, text: str, context: Context) -> Iterable[Finding]:  # noqa: ARG002 - it counts wherever it stands
        for one in seen(text, self._kinds, least=0.0):
            why = f"Your question holds {counted({one.kind: 1})}. Such data may not be asked about here: leave it out."
            yield Finding(self.name, one.kind, why, (one.start, one.end), one.sure)


def _bare(text: str) -> str:
    """Letters and digits alone: a number may be written with other spaces."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
