"""The guard: everything that all detectors see in a text, once each."""

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
from guards.personal.seen import KINDS, Detector, Kind, Seen, apart
from guards.verdicts import Finding

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


def seen(text: str, kinds: Iterable[Kind] = KINDS, *, least: float = SURE) -> list[Seen]:
    """The personal data in a text, in its order; places do not overlap.

    All detectors are asked, so that a kind left out does not come back as another.
    """
    wanted = frozenset(kinds)
    found = [one for find in DETECTORS.values() for one in find(text) if one.sure >= least]
    return [one for one in apart(found) if one.kind in wanted]


class PersonalData:
    """A finding for each place. Where a text stands beside others, what stands in those is left out: it is known."""

    def __init__(self, kinds: Iterable[Kind] = KINDS, name: str = "personal") -> None:
        self.name = name
        self._kinds = frozenset(kinds)

    def find(self, text: str, context: Context) -> Iterable[Finding]:
        known = "\n".join((context.question, *context.passages)).casefold()
        for one in seen(text, self._kinds, least=0.0):
            if text[one.start : one.end].casefold() not in known:
                yield Finding(self.name, one.kind, one.why, (one.start, one.end), one.sure)
