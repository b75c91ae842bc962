"""Who may import whom, as docs/architecture.md draws it. Every import is read, also those inside functions."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "evals", "guards", "pages", "rag", "store", "ui")
OTHERS = {"benchmarks", "samples", "tests"}  # no part of the app

# A name allows the module and everything below it.
ALLOWED = {
    "app": ("api", "rag.house", "ui"),
    "api": (
        "api",
        "rag.assistant",
        "rag.clients",
        "rag.house",
        "rag.jobs",
        "rag.metrics",
        "rag.problems",
        "rag.types",
        "store.records",
    ),
    "evals": ("evals", "guards", "rag", "store"),  # guards alone are asked for bias, too
    "guards": ("guards",),
    "pages": (
        "pages",
        "rag.assistant",
        "rag.catalogue",
        "rag.charts",
        "rag.comparing",
        "rag.counted",
        "rag.desk",
        "rag.drawing",
        "rag.economics",
        "rag.exports",
        "rag.figures",
        "rag.house",
        "rag.ingest.extract",
        "rag.ingest.library",
        "rag.intervals",
        "rag.jobs",
        "rag.measures",
        "rag.meter",
        "rag.operations",
        "rag.problems",
        "rag.quality",
        "rag.retrieval.side_by_side",
        "rag.review",
        "rag.reviewing",
        "rag.stretches",
        "rag.tables",
        "rag.topics",
        "rag.trial",
        "rag.writers",
        "store.records",
        "ui",
    ),
    "rag": ("guards", "rag", "store"),
    "store": ("store",),
    "ui": (
        "api.visitor",
        "guards.links",
        "rag",
        "store.records",
        "ui",
    ),  # what stands in a source
}
LIBRARIES = {  # what the upper layers may use besides Python's own library
    "app": ("starlette", "streamlit"),
    "api": ("pydantic", "starlette"),
    "pages": ("streamlit",),
    "ui": ("streamlit",),
}
ADAPTERS = {  # libraries whose types stop where they come in
    "chromadb": ("rag/retrieval/vectors.py",),
    "genai_prices": ("rag/models/prices.py",),
    "guardrails": ("guards/answer.py",),
    "langchain": ("rag/models/client.py",),  # and langchain_openai, langchain_core, …
    "limits": ("rag/windows.py",),
    "prometheus_client": ("rag/metrics.py",),
    "onnxruntime": ("rag/retrieval/graph.py",),
    "sentence_transformers": ("guards/support/entailment.py", "rag/retrieval/named.py", "rag/retrieval/reranking.py"),
    "sqlalchemy": ("store/",),
    "stdnum": ("guards/personal/checksums.py",),
    "streamlit": ("app.py", "pages/", "ui/"),
    "tokenizers": ("rag/retrieval/graph.py",),
    "torch": (
        "guards/support/entailment.py",
        "rag/retrieval/export.py",
        "rag/retrieval/named.py",
        "rag/retrieval/reranking.py",
    ),
    "transformers": ("rag/retrieval/export.py",),
    "vl_convert": ("rag/charts.py",),
}
HEAVY = (
    "chromadb",
    "genai_prices",
    "guardrails",
    "langchain_openai",
    "onnxruntime",
    "sentence_transformers",
    "tokenizers",
    "torch",
    "transformers",
    "vl_convert",
)
UNSEEN_AT_FIRST = {  # by who asks and nothing else: what analysts use, numbers, and databases that are not there
    "numpy",
    "rag.conflicts.looking",
    "rag.demo",
    "rag.digest",
    "rag.economics",
    "rag.exports",
    "rag.quality",
    "rag.topics",
    "sqlalchemy.dialects.postgresql",
}


def files() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [ROOT / "app.py", *sorted(found)]


@cache
def imports(path: Path) -> tuple[str, ...]:
    """The modules a file imports, by their whole names: `from rag import jobs` is rag.jobs."""
    return tuple(sorted({name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in named(node, path)}))


def named(node: ast.AST, path: Path) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            above = ".".join(path.relative_to(ROOT).parts[:-level]) if level else ""
            start = ".".join(filter(None, (above, module)))
            yield from (whole if is_ours(whole := f"{start}.{alias.name}") else start for alias in names)
        case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(name)), *_]):
            yield name


def is_ours(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def under(name: str, allowed: tuple[str, ...]) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in allowed)


def wrong_ones(of: str) -> list[str]:
    """Imports of our own modules which a layer has no business with."""
    own = {*PACKAGES, *OTHERS, "app"}
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files()
        if layer(path) == of
        for name in imports(path)
        if name.split(".")[0] in own and not under(name, ALLOWED[of])
    ]


@pytest.mark.parametrize("of", ALLOWED)
def test_a_layer_imports_only_what_lies_below_it(of: str) -> None:
    assert wrong_ones(of) == []


@pytest.mark.parametrize("of", LIBRARIES)
def test_an_upper_layer_uses_only_its_libraries(of: str) -> None:
    known = {*sys.stdlib_module_names, *PACKAGES, *LIBRARIES[of]}
    used = {name.split(".")[0] for path in files() if layer(path) == of for name in imports(path)}

    assert used - known == set()


@pytest.mark.parametrize("library", ADAPTERS)
def test_a_library_is_known_only_to_its_adapter(library: str) -> None:
    users = [path.relative_to(ROOT).as_posix() for path in files() if library in {root(n) for n in imports(path)}]
    strangers = [user for user in users if not any(user == own or user.startswith(own) for own in ADAPTERS[library])]

    assert (bool(users), strangers) == (True, [])


def root(name: str) -> str:
    """The library a module belongs to; all of LangChain's packages are one."""
    first = name.split(".")[0]
    return "langchain" if first.startswith("langchain") else first


def test_every_room_of_the_house_has_its_rule() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert rooms - OTHERS <= set(ALLOWED)
    assert {path.name for path in ROOT.glob("*.py")} == {"app.py"}


@pytest.mark.parametrize("module", ["app", "ui.resources", "rag.bootstrap"])
def test_nothing_heavy_is_imported_at_import(module: str) -> None:
    program = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))

    assert loaded & {*HEAVY, *UNSEEN_AT_FIRST} == set()


def test_an_import_inside_a_function_is_seen() -> None:
    source = "def f():\n    from rag import jobs\n    from rag.types import Answer\n    import_module('torch')\n"
    seen = [name for node in ast.walk(ast.parse(source)) for name in named(node, ROOT / "pages" / "x.py")]

    assert seen == ["rag.jobs", "rag.types", "torch"]
