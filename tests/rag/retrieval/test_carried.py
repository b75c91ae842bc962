"""The carried model and its graph, exported once."""

import logging
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.retrieval import carried
from rag.retrieval.carried import NotExported, carried_model, exported
from rag.retrieval.graph import BATCH_TOKENS, GraphModel, _groups
from tests.rag.retrieval.test_embedding import cosine

TEXTS = ["Where can I sleep?", "Rooms in hotels are paid.", "The pump was repaired.", "hotels and rooms " * 300]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The weights of a model."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "model.safetensors").write_bytes(b"weights")
    return tmp_path / "source"


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The graphs that were written, by a stand-in for the process that needs torch."""
    written: list[Path] = []

    def run(_: Path, graph: Path) -> None:
        graph.write_bytes(b"graph")
        written.append(graph)

    monkeypatch.setattr(carried, "_run_export", run)
    return written


def test_a_model_is_exported_once(source: Path, tmp_path: Path, exports: list[Path]) -> None:
    graphs = {exported(source, tmp_path / "models") for _ in range(3)}
    assert (len(exports), [graph.read_bytes() for graph in graphs]) == (1, [b"graph"])


@pytest.mark.parametrize("broken", ["model.onnx", "export.json"])
@pytest.mark.parametrize("content", [b"", b"gra", b"[]"])
def test_what_is_not_whole_is_exported_again(
    source: Path, tmp_path: Path, exports: list[Path], broken: str, content: bytes
) -> None:
    graph = exported(source, tmp_path / "models")
    graph.with_name(broken).write_bytes(content)
    assert exported(source, tmp_path / "models").read_bytes() == b"graph"
    assert len(exports) == 2


def test_an_export_that_was_cut_off_leaves_nothing_behind(source: Path, tmp_path: Path, exports: list[Path]) -> None:
    graph = exported(source, tmp_path / "models")
    cut_off = graph.parent.rename(graph.parent.with_name(f"{graph.parent.name}.part"))
    assert exported(source, tmp_path / "models").read_bytes() == b"graph"
    assert not cut_off.exists()


def test_other_weights_have_another_graph(source: Path, tmp_path: Path, exports: list[Path]) -> None:
    first = exported(source, tmp_path / "models")
    (source / "model.safetensors").write_bytes(b"other weights")
    assert exported(source, tmp_path / "models") != first


def test_an_export_that_fails_says_why(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried.sys, "executable", "/bin/false")
    with pytest.raises(NotExported, match="without a word"):
        exported(source, tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir() if path.suffix != ".part"] == ["export.lock"]


def test_texts_of_like_length_are_embedded_together() -> None:
    lengths = [10, 20, 250, 256, 256]
    groups = list(_groups(range(5), lengths))
    assert groups == [[0, 1], [2, 3], [4]]
    assert all(len(group) * lengths[group[-1]] <= BATCH_TOKENS for group in groups)


def test_a_text_longer_than_a_batch_is_embedded_alone() -> None:
    assert list(_groups([0, 1], [BATCH_TOKENS * 2] * 2)) == [[0], [1]]


@pytest.mark.model
def test_the_real_model_knows_what_is_meant_from_many_threads_at_once(tmp_path: Path) -> None:
    """One test for all, since exporting takes ten seconds."""
    model = carried_model(tmp_path)
    assert isinstance(model, GraphModel)
    asked, near, far, _ = model.passages(TEXTS)
    assert (len(asked), model.dimensions) == (384, 384)
    assert math.hypot(*asked) == pytest.approx(1, abs=1e-4)
    assert cosine(asked, near) > cosine(asked, far) + 0.1
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(model.query, TEXTS * 8))
        batches = list(threads.map(model.passages, [TEXTS * 3] * 4))
    alone = [model.query(text) for text in TEXTS]
    assert all(cosine(a, b) == pytest.approx(1, abs=1e-5) for a, b in zip(answers, alone * 8, strict=True))
    assert all(
        cosine(a, b) == pytest.approx(1, abs=1e-5) for found in batches for a, b in zip(found, alone * 3, strict=True)
    )


@pytest.mark.model
def test_without_an_export_sentence_transformers_runs_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(carried.sys, "executable", "/bin/false")
    with caplog.at_level(logging.WARNING):
        model = carried_model(tmp_path)
    assert (model.name, model.dimensions) == ("all-MiniLM-L6-v2", 384)
    assert "could not be exported" in caplog.text
