"""Every example of docs/api.md and of the page /api/docs, run as it is written, at the app's own address."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import httpx
import pytest

from api.operations import OPERATIONS
from tests.programs.conftest import Serving

GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
ADDRESS = "http://127.0.0.1:8501"
COMMANDS = len(OPERATIONS)  # one of them streams as well, another one is for the app's own pages
WAITS_S = 120


def run(serving: Serving, kind: str, text: str, folder: Path) -> str:
    """What a block prints; it must succeed."""
    command = {"sh": ["sh", "-e", "-c"], "python": [sys.executable, "-W", "error", "-c"]}[kind]
    done = subprocess.run(
        [*command, text], cwd=folder, env=serving.environment(), capture_output=True, text=True, timeout=WAITS_S
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(("kind", "text"), BLOCKS, ids=[f"{kind} {n}" for n, (kind, _) in enumerate(BLOCKS, start=1)])
def test_the_guides_examples_work(serving: Serving, kind: str, text: str, tmp_path: Path) -> None:
    printed = run(serving, kind, text.replace(ADDRESS, serving.url), tmp_path)

    assert printed.strip()
    assert not printed.startswith('{"error"')
    if "annual leave" in text:
        assert "[1]" in printed


def test_the_guide_has_an_example_for_each_way() -> None:
    assert [kind for kind, _ in BLOCKS].count("python") >= 3
    assert [kind for kind, _ in BLOCKS].count("sh") >= 4


@pytest.mark.parametrize("number", range(COMMANDS))
def test_the_pages_examples_work(serving: Serving, number: int, tmp_path: Path) -> None:
    page = httpx.get(f"{serving.url}/api/docs").text
    commands = [unescape(found) for found in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)]
    printed = run(serving, "sh", commands[number], tmp_path)

    assert len(commands) == COMMANDS
    assert printed
    assert not printed.startswith('{"error"')
    if '"stream"' in commands[number]:
        assert printed.rstrip().endswith("data: [DONE]")
    elif "/v1/" in commands[number]:
        assert json.loads(printed)["object"]
