"""`python -m rag.retrieval.export SOURCE GRAPH`: writes a BERT-like embedding model as an ONNX graph.

Token ids and mask go in, unit vectors come out: mean pooling and normalising are part of the graph. What it gives is
compared with what sentence-transformers gives; a graph that differs is refused. Run as a process of its own, since it
loads torch. The exporter is torch's older one: it needs the package `onnx` alone, the newer one `onnxscript` as well.
"""

import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rag.retrieval.embedding import Vector
from rag.retrieval.graph import GraphModel

OPSET = 17
TOLERANCE = 1e-5  # largest allowed 1 - cosine
PROBES = (
    "Where can I sleep?",
    "",
    "The pump was repaired on 3 May 2024 for 1,240.50 €, see § 4.2 — “as is”.",
    "Straße, naïve, かばん, файл, 🙂",
    "Rooms in hotels are paid up to the limit of the country. " * 10,
    "longer than the model reads " * 200,
)


def main(source: Path, graph: Path) -> int:
    """Exports and compares; gives 1, after one line on stderr, when the vectors differ."""
    export(source, graph)
    difference = largest_difference(_reference(source), GraphModel(source.name, source, graph).passages(PROBES))
    if difference > TOLERANCE:
        print(f"the exported model differs by {difference:.1e}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def export(source: Path, graph: Path) -> None:
    """Writes the graph of the model in `source`."""
    import torch
    from transformers import AutoModel

    class Embedding(torch.nn.Module):
        def __init__(self, model: Any) -> None:
            super().__init__()
            self.model = model

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            told = self.model(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids))
            weights = mask.unsqueeze(-1).to(told.last_hidden_state.dtype)
            pooled = (told.last_hidden_state * weights).sum(1) / weights.sum(1)
            return torch.nn.functional.normalize(pooled, p=2, dim=1)

    model = AutoModel.from_pretrained(str(source), attn_implementation="eager", local_files_only=True).eval()
    ids, mask = torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.long)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its age, and of negative indexes, which the comparison would show
        torch.onnx.export(
            Embedding(model),
            (ids, mask),
            str(graph),
            input_names=["ids", "mask"],
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("ids", "mask")} | {"vectors": {0: "texts"}},
            opset_version=OPSET,
            dynamo=False,
        )


def largest_difference(these: Sequence[Vector], those: Sequence[Vector]) -> float:
    """The largest 1 - cosine of vectors in the same places."""
    import numpy as np

    a, b = np.asarray(these, dtype=np.float64), np.asarray(those, dtype=np.float64)
    cosines = (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))
    return float((1 - cosines).max())


def _reference(source: Path) -> list[Vector]:
    from rag.retrieval.named import NamedModel

    return NamedModel(str(source)).passages(PROBES)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
