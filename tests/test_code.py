"""Rules about the code itself: how long, how finished, how documented."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from rag.settings import Settings

ROOT = Path(__file__).parents[1]
APP = ("api", "benchmarks", "evals", "guards", "pages", "rag", "samples", "store", "ui")
PACKAGES = (*APP, "tests")
LINES = 200
FUNCTION_LINES = 45
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
GENERATED = "store/migrations/versions/"
HEADER = re.compile(r"^(?:# ?)?(\[{1,2})(\w+)\]{1,2}\s*(?:#.*)?$")
ASSIGNMENT = re.compile(r"^(?:# ?)?(\w+)\s*=\s*\S")


def files(*packages: str) -> list[Path]:
    found = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    return [path for path in [ROOT / "app.py", *sorted(found)] if GENERATED not in path.as_posix()]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def settings() -> Iterator[tuple[str, str]]:
    """Section and key of everything that can be set; top-level keys have no section."""
    for key, field in Settings.model_fields.items():
        section = next((one for one in (field.annotation, *get_args(field.annotation)) if is_section(one)), None)
        yield from ((key, inner) for inner in section.model_fields) if section else [("", key)]


def is_section(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def shown() -> dict[tuple[str, str], str]:
    """Section and key of every setting in footnote.toml, commented out or not, with its line."""
    section, found = "", {}
    for line in (ROOT / "footnote.toml").read_text("utf-8").splitlines():
        if header := HEADER.match(line):
            section = header[2]
        elif assignment := ASSIGNMENT.match(line):
            found[section, assignment[1]] = line.removeprefix("#").strip()
    return found


def test_a_file_holds_one_idea() -> None:
    long = {name(path): count for path in files(*APP) if (count := path.read_text("utf-8").count("\n")) > LINES}

    assert long == {}


def test_a_function_does_one_thing() -> None:
    functions = [
        (name(path), node.name, node.end_lineno - node.lineno + 1)
        for path in files(*PACKAGES)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]

    assert [function for function in functions if function[2] > FUNCTION_LINES] == []


def test_nothing_is_left_for_later() -> None:
    told = [*files(*PACKAGES), ROOT / "pyproject.toml", *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

    assert [name(path) for path in told if UNFINISHED.search(path.read_text("utf-8"))] == []


def test_streamlits_old_discovery_finds_no_pages() -> None:
    """It runs any file at pages/*.py on a deep link, before the frame and with it before any sign-in."""
    assert [name(path) for path in (ROOT / "pages").glob("*.py")] == ["pages/__init__.py"]
    assert (ROOT / "pages" / "__init__.py").read_text("utf-8") == ""


def test_every_setting_is_in_the_settings_file() -> None:
    assert set(settings()) - set(shown()) == set()


def test_the_settings_file_names_nothing_that_is_no_setting() -> None:
    assert set(shown()) - set(settings()) == set()


def test_the_settings_file_shows_the_defaults() -> None:
    """Where nothing is the default, it may show an example."""
    defaults = {place: default for place in settings() if place[0] != "models" and (default := default_of(place))}
    told = {place: next(iter(tomllib.loads(shown()[place]).values())) for place in defaults}

    assert told == defaults


def default_of(place: tuple[str, str]) -> object:
    section, key = place
    house = Settings.model_construct()
    default = getattr(getattr(house, section), key) if section else getattr(house, key)
    return str(default) if isinstance(default, Path) else default


def routes() -> list[str]:
    """The paths of api/ as they stand in its code."""
    sources = (path.read_text("utf-8") for path in (ROOT / "api").glob("*.py"))
    return [path for source in sources for path in re.findall(r'Route\(\s*"(/[^"]*)"', source)]


def test_every_http_route_is_documented() -> None:
    told = "".join(page.read_text("utf-8") for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

    assert [path for path in routes() if path not in told] == []
    assert routes() != []
