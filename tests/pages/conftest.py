"""The real pages over a house of this test's own, looked at by a person with a name."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest

from rag.house import House
from store.engine import Unavailable
from store.records import AnswerRecord, QuestionRecord
from ui import identity, resources

FRAME = Path(__file__).parents[2] / "ui" / "frame.py"
PATIENCE_S = 20
HANDBOOK = """# Keeper's handbook

## The lamp

The lamp at Gull Rock is lit thirty minutes before sunset. It burns four litres of oil a night.

## The horn

The fog horn sounds for five seconds every minute when the visibility falls below two miles.
"""
LAMP = "When is the lamp lit?"


@dataclass
class Tab:
    """A browser tab of one person: what it shows, and what can be done in it."""

    house: House
    person: str
    app: AppTest = field(init=False)

    def __post_init__(self) -> None:
        self.app = AppTest.from_file(str(FRAME), default_timeout=PATIENCE_S)

    def open(self, page: str = "chat", **address: str) -> "Tab":
        self.app.query_params.update(address)
        self.app.run()
        if page != "chat":
            self.app.switch_page(f"../pages/{page}/page.py").run()
        return self

    def ask(self, question: str) -> "Tab":
        self.app.chat_input(key="question").set_value(question).run()
        return self

    def click(self, key: str) -> "Tab":
        self.app.button(key=key).click().run()
        return self

    def press(self, component: str, event: str, value: object) -> "Tab":
        """What a component of ours says when something in it is clicked; Streamlit's own tests cannot do that."""
        [proto] = [one.proto for one in self.app.get("bidi_component") if one.proto.id.endswith(f"-{component}")]
        said = self.app._tree.get_widget_states()
        said.widgets.add(
            id=f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{proto.id}__events",
            json_trigger_value=json.dumps([{"event": event, "value": value}]),
        )
        self.app._run(said)
        return self

    def drawn(self, what: str) -> list[dict[str, Any]]:
        """What components of ours draw under that name: the "rows" of the inbox, the "cards" of figures."""
        shown = [json.loads(one.proto.json) for one in self.app.get("bidi_component") if one.proto.json]
        return [one for data in shown for one in data.get(what, ())]

    def asked(self) -> list[QuestionRecord]:
        """What the database holds of this person's latest conversation."""
        latest = self.house.assistant.history(self.person)[:1]
        return [q for c in latest for q in self.house.assistant.conversation(self.person, c.id)[1]]

    def answer(self) -> AnswerRecord:
        """The latest answer, as the database holds it."""
        return self.asked()[-1].answers[-1]

    def words(self) -> str:
        """All that is written on the page, in its order and its Markdown."""
        kinds = ("title", "markdown", "caption", "text", "info", "warning", "error", "success", "toast")
        return "\n".join(str(element.value) for kind in kinds for element in getattr(self.app, kind))

    def buttons(self) -> dict[str, str]:
        """Key and label of every button."""
        return {button.key: button.label for button in self.app.button}

    def has(self, key: str) -> bool:
        return key in self.buttons()


@pytest.fixture(autouse=True)
def _packages_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit reads the metadata of every package for each AppTest, to look for components: half a second."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", components)


components = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def at_home(monkeypatch: pytest.MonkeyPatch) -> Callable[[House], None]:
    """Makes the pages live in a house."""

    def move_in(house: House) -> None:
        monkeypatch.setattr(resources, "house", lambda: house)
        for name in [name for name in sys.modules if name.split(".")[0] == "pages"]:
            monkeypatch.delitem(sys.modules, name)  # they hold on to the house function by name

    return move_in


@pytest.fixture
def tab(at_home: Callable[[House], None], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Tab]:
    """A new tab of a person over a house; from then on that person is the one who looks."""

    def new(house: House, person: str = "keeper") -> Tab:
        at_home(house)
        monkeypatch.setattr(identity, "person", lambda: person)
        return Tab(house, person)

    return new


@pytest.fixture
def keeper(house: House, library_of: Callable[..., dict[str, int]], tab: Callable[..., Tab]) -> Tab:
    """A tab over a house that holds one handbook."""
    library_of(house, {"handbook.md": HANDBOOK})
    return tab(house)


@contextmanager
def gone(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database cannot be read."""

    @contextmanager
    def refuse() -> Iterator[None]:
        raise Unavailable("unable to open database file")
        yield

    with monkeypatch.context() as patched:
        patched.setattr(house.database, "read", refuse)
        yield
