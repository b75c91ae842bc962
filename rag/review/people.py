"""Reviewers: how they call themselves, and how they are called where they did not say.

BadName         a name that cannot be taken; the message says why
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rag.ingest.clean import one_line
from store import people
from store.engine import Database

LONGEST = 40
NOBODY = {"command": "the command line", "retention": "the app"}  # in the log; no person's id looks like this
NUMBER = 8  # signs of a visitor's number, as `[review] unmasked` takes them


class BadName(Exception):
    """A name that cannot be taken, with words for whoever wants it."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by person; whoever has none is called by their number."""

    known: Mapping[str, str]

    def of(self, person: str | None) -> str:
        """How a person is called; None is somebody who was forgotten."""
        if person is None:
            return "somebody who was deleted"
        if person in NOBODY:
            return NOBODY[person]
        return self.known.get(person) or visitor(person)


class People:
    """Knows who reviews. Safe to use from many threads; all methods raise Unavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def name(self, person: str) -> str | None:
        """What somebody calls themselves."""
        with self._database.read() as session:
            return people.named(session, [person]).get(person)

    def rename(self, person: str, name: str) -> None:
        """Keeps a name; an empty one takes it away. Raises BadName."""
        wanted = one_line(name).strip()
        if len(wanted) > LONGEST:
            raise BadName(f"A name has at most {LONGEST} characters.")
        with self._database.write() as session:
            others = {one.casefold() for who, one in people.named(session).items() if who != person}
            if wanted and (wanted.casefold() in others or wanted.casefold().startswith("visitor ")):
                raise BadName("Somebody else is called that already; choose another name.")
            people.rename(session, person, wanted or None)

    def names(self, person_ids: Collection[str]) -> Names:
        """How these people are called."""
        with self._database.read() as session:
            return Names(people.named(session, person_ids))

    def reviewers(self) -> dict[str, str]:
        """All who may be given items, by name."""
        with self._database.read() as session:
            known, names = people.reviewers(session), Names(people.named(session))
        return dict(sorted(((one, names.of(one)) for one in known), key=lambda item: item[1].casefold()))


def visitor(person: str) -> str:
    """A visitor by their number, such as "visitor 3f2a61c0"."""
    return f"visitor {person[:NUMBER]}"
