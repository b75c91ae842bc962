"""The comparison that decides whether an exported graph is taken."""

from pathlib import Path

import pytest

from rag.retrieval import export

UNIT = [[1.0, 0.0], [0.6, 0.8]]


def test_vectors_of_any_length_in_one_direction_do_not_differ() -> None:
    assert export.largest_difference(UNIT, [[2.0, 0.0], [0.3, 0.4]]) == pytest.approx(0)


def test_the_worst_vector_counts() -> None:
    assert export.largest_difference(UNIT, [[1.0, 0.0], [-0.6, -0.8]]) == pytest.approx(2)


def test_a_graph_that_differs_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Other:
        def __init__(self, *_: object) -> None: ...

        def passages(self, _: object) -> list[list[float]]:
            return [[1.0, 0.0], [0.8, 0.6]]

    monkeypatch.setattr(export, "export", lambda *_: None)
    monkeypatch.setattr(export, "_reference", lambda _: UNIT)
    monkeypatch.setattr(export, "GraphModel", Other)
    assert export.main(Path("model"), Path("model.onnx")) == 1
    assert capsys.readouterr().err == "the exported model differs by 4.0e-02\n"
