"""The embedding model that is carried along."""

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.retrieval.embedding import DIMENSIONS, CarriedModel
from tests.fakes import HashEmbedder


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_the_stand_in_for_tests_is_close_where_words_are_shared() -> None:
    asked, near, far = HashEmbedder().passages(["hotel nights", "a night in a hotel", "zebra moon"])
    assert cosine(asked, near) == pytest.approx(1)
    assert cosine(asked, far) == pytest.approx(0)
    assert len(asked) == DIMENSIONS


@pytest.mark.model
def test_the_real_model_knows_what_is_meant_from_many_threads_at_once() -> None:
    """One test for all, since loading takes seconds."""
    model = CarriedModel()
    texts = ["Where can I sleep?", "Rooms in hotels are paid.", "The pump was repaired."]
    asked, near, far = model.passages(texts)
    assert len(asked) == DIMENSIONS
    assert math.hypot(*asked) == pytest.approx(1, abs=1e-4)
    assert cosine(asked, near) > cosine(asked, far) + 0.1
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(model.query, texts * 8))
    assert cosine(answers[0], asked) == pytest.approx(1, abs=1e-3)
    assert all(cosine(a, b) == pytest.approx(1, abs=1e-3) for a, b in zip(answers[:3], answers[-3:], strict=True))
