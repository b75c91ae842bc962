"""`footnote keys`: made, listed, revoked."""

import pytest

from rag.cli import main
from rag.clients import BadKey, Clients
from rag.settings import Settings
from store.engine import Database


def test_a_key_is_printed_alone_and_works(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "add", "wiki", "--scope", "ask", "--scope", "metrics"]) == 0
    said = capsys.readouterr()

    assert said.out.startswith("fn-")
    assert "not shown again" in said.err
    database = Database(settings.database)
    assert Clients(database).check(said.out.strip()).scopes == ("ask", "metrics")
    main(["keys", "revoke", "wiki"])
    with pytest.raises(BadKey):
        Clients(database).check(said.out.strip())
    database.close()


def test_keys_are_listed_without_the_keys(capsys: pytest.CaptureFixture[str]) -> None:
    main(["keys", "list"])
    assert capsys.readouterr().out == "There are no keys yet. Make one: footnote keys add NAME\n"
    main(["keys", "add", "wiki"])
    key = capsys.readouterr().out.strip()
    main(["keys", "list"])
    listed = capsys.readouterr().out

    assert listed.startswith("wiki  (ask, feedback; made ")
    assert listed.endswith(", last used never)\n")
    assert key not in listed


def test_a_name_is_given_once_and_free_again_when_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert [main(["keys", *words]) for words in (["add", "wiki"], ["add", "wiki"])] == [0, 1]
    assert "There is a key named wiki already" in capsys.readouterr().err
    assert [main(["keys", *words]) for words in (["revoke", "wiki"], ["add", "wiki"])] == [0, 0]


def test_what_is_not_there_cannot_be_revoked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["keys", "revoke", "wiki"]) == 1
    assert "There is no key named wiki" in capsys.readouterr().err
