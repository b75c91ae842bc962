"""The server as Streamlit finds it."""

from importlib import metadata

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager

import app


def test_the_start_reads_no_other_packages_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes half a second; should a later Streamlit look elsewhere for components, this tells."""
    monkeypatch.setattr(metadata, "distributions", lambda: pytest.fail("all packages are looked through"))
    manager = BidiComponentManager()
    manager.discover_and_register_components(start_file_watching=False)
    assert app.app is not None
