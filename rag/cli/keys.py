"""`footnote keys`: who may use the HTTP API from other machines."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from rag.clients import Clients, NameTaken
from rag.settings import Settings
from store.engine import Database
from store.records import ClientScope

USUAL: tuple[ClientScope, ...] = ("ask", "feedback")


def add(settings: Settings, name: str, scopes: Sequence[ClientScope]) -> int:
    """Prints a new key on standard output, and nothing else there; gives 1 when the name is taken."""
    wanted = tuple(dict.fromkeys(scopes)) or USUAL
    with _clients(settings) as clients:
        try:
            key = clients.add(name, wanted)
        except NameTaken:
            print(f"There is a key named {name} already. See: footnote keys list", file=sys.stderr)
            return 1
    print(key)
    print(f"{name} may {', '.join(wanted)}. Keep the key: it is not shown again.", file=sys.stderr)
    return 0


def listing(settings: Settings) -> int:
    with _clients(settings) as clients:
        keys = clients.listing()
    for key in keys:
        state = f"revoked {_day(key.revoked_at)}" if key.revoked_at else f"last used {_day(key.last_used_at)}"
        print(f"{key.name}  ({', '.join(key.scopes)}; made {_day(key.created_at)}, {state})")
    if not keys:
        print("There are no keys yet. Make one: footnote keys add NAME")
    return 0


def revoke(settings: Settings, name: str) -> int:
    """Gives 1 when there is no such key."""
    with _clients(settings) as clients:
        done = clients.revoke(name)
    if not done:
        print(f"There is no key named {name} that works. See: footnote keys list", file=sys.stderr)
        return 1
    print(f"The key {name} does not work any more.")
    return 0


@contextmanager
def _clients(settings: Settings) -> Iterator[Clients]:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    try:
        database.migrate()
        yield Clients(database)
    finally:
        database.close()


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else "never"
