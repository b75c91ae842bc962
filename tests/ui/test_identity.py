"""Who is looking: the visitor behind the cookie, else somebody new in each tab."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from api.visitor import NAME
from rag.assistant import person_id

SCRIPT = "import streamlit as st\nfrom ui import identity\nst.text(identity.person())"


def new_tab() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=20)


def person(tab: AppTest) -> str:
    [text] = tab.run().text
    return str(text.value)


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The cookies of the browser; AppTest has none to set."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: kept))
    return kept


def test_the_cookie_says_who_it_is_in_every_tab(cookies: dict[str, str]) -> None:
    cookies[NAME] = "a secret"

    assert person(new_tab()) == person(new_tab()) == person_id("a secret")


def test_somebody_without_a_cookie_stays_the_same_in_a_tab(cookies: dict[str, str]) -> None:
    tab = new_tab()

    assert person(tab) == person(tab)


@pytest.mark.parametrize("cookie", [{}, {NAME: ""}], ids=["none", "empty"])
def test_somebody_without_a_cookie_is_new_in_another_tab(cookies: dict[str, str], cookie: dict[str, str]) -> None:
    """An empty cookie says nothing: all who send one would be one person."""
    cookies.update(cookie)

    assert person(new_tab()) != person(new_tab())


def test_the_name_gives_the_cookie_away_to_nobody() -> None:
    assert "secret" not in person_id("secret")
    assert person_id("secret") != person_id("secret.")
