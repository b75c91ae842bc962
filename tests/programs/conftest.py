"""One app by `footnote serve`, with the sample documents and a model, for all programs that ask it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.api.asking import CHAT, body
from tests.e2e.running import ROOT, App, Served
from tests.model_server import AnswerFromPassages, ModelServer

QUESTION = "How many days of annual leave do staff get?"
SETTINGS = """
[answers]
per_person_at_once = 1

[[models]]
name = "first"
model = "{model.model}"
base_url = "{model.url}"
api_key_env = "MODEL_KEY"
first_token_timeout_s = 100
failures_to_rest = 50
usd_per_million_input = 1
usd_per_million_output = 2
"""
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Serving:
    """The app, its model, and where programs ask it."""

    app: App
    model: ModelServer

    @property
    def url(self) -> str:
        return self.app.url

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    def environment(self) -> dict[str, str]:
        """That of the app, with its commands at hand."""
        variables = self.app.variables()
        path = os.pathsep.join((str(Path(sys.executable).parent), variables.get("PATH", "")))
        return variables | {"PATH": path, "PYTHONPATH": str(ROOT)}

    def command(self, *words: str) -> str:
        """What `footnote` prints."""
        command = [sys.executable, "-m", "rag", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=True
        ).stdout


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("programs"))  # one process has the one app


@pytest.fixture(scope="package")
def shared_serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("programs")
    with ModelServer() as model:
        (folder / "footnote.toml").write_text(SETTINGS.format(model=model))
        with Served(folder, MODEL_KEY="none") as app:
            app.wait_until_warm()
            first = httpx.post(app.url + CHAT, json=body(QUESTION), timeout=60)  # the one that the guide rates
            assert first.json()["footnote"]["answer_id"] == 2
            yield Serving(app, model)


@pytest.fixture
def serving(shared_serving: Serving) -> Iterator[Serving]:
    """The app with a model that answers well unless a test tells it something else. No request may end in a bug."""
    shared_serving.model.default = AnswerFromPassages(chunk_size=8, delay_s=0.01)
    yield shared_serving
    assert "Traceback" not in shared_serving.app.log()
