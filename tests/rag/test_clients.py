"""Programs that use the HTTP API: their keys, and as whom they ask."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from rag.clients import HERE, BadKey, Client, Clients, NameTaken
from rag.owners import person_id
from store.engine import Database


@pytest.fixture
def clients(database: Database) -> Clients:
    return Clients(database)


def test_a_key_opens_what_it_was_made_for(clients: Clients) -> None:
    client = clients.check(clients.add("wiki", ("ask",)))

    assert (client.name, client.scopes) == ("wiki", ("ask",))


@pytest.mark.parametrize("key", ["", "fn-", "fn-guessed", "fn-\ud800", "x" * 100_000])
def test_another_key_opens_nothing(clients: Clients, key: str) -> None:
    clients.add("wiki", ("ask",))

    with pytest.raises(BadKey):
        clients.check(key)


def test_the_database_does_not_know_the_key(clients: Clients, database: Database) -> None:
    key = clients.add("wiki", ("ask",))
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"))) as raw:
        rows = raw.execute("SELECT * FROM client_keys").fetchall()

    assert key not in str(rows)
    assert key.removeprefix("fn-") not in str(rows)


def test_a_revoked_key_opens_nothing_and_frees_its_name(clients: Clients) -> None:
    old = clients.add("wiki", ("ask",))
    with pytest.raises(NameTaken):
        clients.add("wiki", ("ask",))
    assert [clients.revoke("wiki"), clients.revoke("wiki")] == [True, False]
    new = clients.add("wiki", ("ask",))

    assert clients.check(new).name == "wiki"
    with pytest.raises(BadKey):
        clients.check(old)


def test_its_use_is_noted_at_most_once_a_minute(clients: Clients) -> None:
    key = clients.add("wiki", ("ask",))
    assert clients.listing()[0].last_used_at is None
    clients.check(key)
    first = clients.listing()[0].last_used_at
    clients.check(key)

    assert first is not None
    assert clients.listing()[0].last_used_at == first


def test_its_use_is_noted_again_later(clients: Clients, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    key = clients.add("wiki", ("ask",))
    clients.check(key)
    first = clients.listing()[0].last_used_at
    monkeypatch.setattr("rag.clients.USED_EVERY", timedelta(0))
    clients.check(key)
    later = clients.listing()[0].last_used_at

    assert first is not None
    assert later is not None
    assert later > first


def test_a_locked_database_does_not_turn_a_client_away(clients: Clients, database: Database) -> None:
    key = clients.add("wiki", ("ask",))
    impatient = Clients(Database(database.url, patience_s=0.05))
    with closing(sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        assert impatient.check(key).name == "wiki"
    impatient._database.close()


def test_clients_and_their_users_are_different_people() -> None:
    wiki, shop = Client("wiki", (), "a"), Client("shop", (), "b")
    people = {c.person(u) for c in (wiki, shop, HERE) for u in ("", "ana", "ben")}

    assert len(people) == 9
    assert wiki.person("ana") == wiki.person("ana")


def test_no_cookie_can_be_a_client() -> None:
    """A browser may send any cookie; its person is a bare hash."""
    assert HERE.person("").startswith("client-")
    assert all(letter in "0123456789abcdef" for letter in person_id("here"))
