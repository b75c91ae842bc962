"""Programs that use the HTTP API: their keys, and as whom they ask.

BadKey      there is no such key, or it was revoked
NameTaken   a key of this name works already
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import get_args

from store import client_keys
from store.engine import Database, Unavailable
from store.models import now
from store.records import ClientKeyRecord, ClientScope

PREFIX = "fn-"
SCOPES: tuple[ClientScope, ...] = get_args(ClientScope)
USED_EVERY = timedelta(minutes=1)  # how exactly it is noted when a key was last used
log = logging.getLogger(__name__)


class BadKey(Exception):
    """There is no such key, or it was revoked."""


class NameTaken(Exception):
    """A key of this name works already."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program as its requests show it."""

    name: str
    scopes: tuple[ClientScope, ...]
    identity: str  # what tells it from all others

    def person(self, user: str = "") -> str:
        """As whom it asks; `user` tells people of one program apart. No cookie can make this id, see rag/owners.py."""
        both = json.dumps([self.identity, user])
        return f"client-{hashlib.sha256(both.encode()).hexdigest()[:32]}"


HERE = Client("this machine", SCOPES, "here")


class Clients:
    """The keys of clients. Safe to use from many threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, scopes: Sequence[ClientScope]) -> str:
        """A new key, which is not kept: this is the only time it is seen. Raises NameTaken, Unavailable."""
        key = PREFIX + secrets.token_urlsafe(32)
        with self._database.write() as session:
            if not client_keys.add(session, name, _hash(key), scopes):
                raise NameTaken
        return key

    def check(self, key: str) -> Client:
        """Whose key this is. Raises BadKey, Unavailable."""
        hashed = _hash(key)
        with self._database.read() as session:
            found = client_keys.find(session, hashed)
        if found is None or found.revoked_at is not None:
            raise BadKey
        self._note_use(found)
        return Client(found.name, found.scopes, hashed)

    def listing(self) -> list[ClientKeyRecord]:
        with self._database.read() as session:
            return client_keys.listing(session)

    def revoke(self, name: str) -> bool:
        """Ends a key at once; False when none of this name works."""
        with self._database.write() as session:
            return client_keys.revoke(session, name)

    def _note_use(self, key: ClientKeyRecord) -> None:
        at = now()
        if key.last_used_at and at - key.last_used_at < USED_EVERY:
            return
        try:
            with self._database.write() as session:
                client_keys.used(session, key.id, at, every=USED_EVERY)
        except Unavailable as error:  # the request matters more
            log.warning("The use of the key %s could not be noted: %s", key.name, error)


def _hash(key: str) -> str:
    """What is kept and looked up. The time a look-up takes tells about the hash, and so nothing about the key."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
