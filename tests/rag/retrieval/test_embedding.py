"""What every embedding model offers."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.retrieval.embedding import ModelMissing, Prompted, embedder_for
from rag.settings import Embedding
from tests.fakes import HashEmbedder


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_the_stand_in_for_tests_is_close_where_words_are_shared() -> None:
    asked, near, far = HashEmbedder().passages(["hotel nights", "a night in a hotel", "zebra moon"])
    assert cosine(asked, near) == pytest.approx(1)
    assert cosine(asked, far) == pytest.approx(0)
    assert len(asked) == HashEmbedder.dimensions


def test_prompts_stand_before_questions_and_passages() -> None:
    model = HashEmbedder()
    prompted = Prompted(model, "question ", "passage ")
    assert prompted.query("hotel") == model.query("question hotel")
    assert prompted.passages(["hotel"]) == model.passages(["passage hotel"])


def test_other_prompts_make_another_space_of_vectors() -> None:
    names = {Prompted(HashEmbedder(), *prompts).name for prompts in (("a", ""), ("", "a"), ("", ""))}
    assert len(names) == 3


@pytest.mark.model
def test_a_model_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="'nobody/no-model' is not on this machine"):
        embedder_for(Embedding(model="nobody/no-model"), tmp_path)


@pytest.mark.model
def test_a_folder_is_loaded_with_sentence_transformers(tmp_path: Path) -> None:
    from rag.retrieval.carried import carried

    model = embedder_for(Embedding(model=str(carried()), query_prompt="query: "), tmp_path)
    assert (model.dimensions, model.name) == (384, f"{carried()} | query:  | ")
    assert math.hypot(*model.query("Where can I sleep?")) == pytest.approx(1, abs=1e-4)
