"""The optional re-ranker: a real one of a few weights, and what the search makes of any."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.house import House
from rag.retrieval.reranking import CrossEncoderReranker, RerankerMissing, open_reranker
from rag.retrieval.search import Retriever
from rag.settings import Retrieval as Limits
from rag.types import Retrieval
from tests.conftest import LibraryOf
from tests.rag.answering import HOTEL, LIBRARY


class ByLength:
    """Finds long texts better, and nothing else."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return [min(1.0, len(text) / 100) for text in texts]


class Constant:
    def __init__(self, score: float) -> None:
        self.score = score

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        return [self.score for _ in texts]


@pytest.fixture
def stocked(house: House, library_of: LibraryOf) -> House:
    library_of(house, LIBRARY)
    return house


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of random weights, built here and saved as any other."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hotel", "night", "garden"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    config = BertConfig(vocab_size=len(words), num_labels=1, **sizes)
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def searched(house: House, reranker: object, query: str = HOTEL, threshold: float = 0.5) -> Retrieval:
    limits = Limits(reranker_threshold=threshold)
    return Retriever(house.database, house.warmup, limits, reranker).search(query)  # type: ignore[arg-type]


def test_none_is_used_unless_the_settings_name_one() -> None:
    assert open_reranker("") is None
    assert isinstance(open_reranker("some/model"), CrossEncoderReranker)


@pytest.mark.model
def test_a_cross_encoder_rates_from_0_to_1(tiny: Path) -> None:
    scores = CrossEncoderReranker(str(tiny)).scores("hotel", ["hotel night", "garden"])
    assert len(scores) == 2
    assert all(0 < score < 1 for score in scores)


def test_a_model_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    absent = CrossEncoderReranker(str(tmp_path / "absent"))
    for _ in range(2):
        with pytest.raises(RerankerMissing, match="reranker"):
            absent.scores("hotel", ["hotel"])


def test_its_scores_are_the_order_and_the_relevance(stocked: House) -> None:
    passages = searched(stocked, ByLength(), threshold=0).passages
    assert [p.relevance for p in passages] == sorted((p.relevance for p in passages), reverse=True)


def test_what_it_rates_below_the_threshold_is_not_given_to_a_writer(stocked: House) -> None:
    below, above = searched(stocked, Constant(0.4)), searched(stocked, Constant(0.6))
    assert (below.passages, below.relevant) == ((), False)
    assert (len(above.passages) > 0, above.relevant) == (True, True)


def test_without_its_model_the_search_goes_on(stocked: House, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    absent = CrossEncoderReranker(str(tmp_path / "absent"))
    assert searched(stocked, absent).passages == searched(stocked, None).passages
    assert "Passages stay in the order of the search" in caplog.text


@pytest.mark.parametrize("reranker", [None, Constant(1.0)], ids=["without", "with"])
@pytest.mark.parametrize(
    "said", ["hello", "Thanks!", "ok?", "thank you very much", "Good morning", "hi there", "👍", ""]
)
def test_small_talk_finds_nothing(house: House, library_of: LibraryOf, said: str, reranker: object) -> None:
    library_of(house, {"letters.md": "# Hello\n\nHello, hi there, good morning. OK? Thanks, thank you very much. 👍"})
    retrieval = searched(house, reranker, said)
    assert (retrieval.passages, retrieval.relevant, retrieval.library_empty) == ((), False, False)
