"""The optional model: real ones of a few random weights."""

from pathlib import Path

import pytest

from guards.support.entailment import CrossEncoderEntailment, ModelMissing, open_entailment

PAIRS = [("the hotel has a garden", "hotel garden"), ("night", "hotel")]
NLI = {0: "contradiction", 1: "entailment", 2: "neutral"}


@pytest.fixture(scope="module", params=[1, 3])
def tiny(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder with one score, or with the three labels of natural language inference."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder = tmp_path_factory.mktemp("entailment")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hotel", "night", "garden"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    labels = {"num_labels": 1} if request.param == 1 else {"id2label": NLI, "label2id": {v: k for k, v in NLI.items()}}
    config = BertConfig(vocab_size=len(words), **sizes, **labels)
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_scores_are_probabilities_one_for_each_pair(tiny: Path) -> None:
    scores = CrossEncoderEntailment(str(tiny)).scores(PAIRS)
    assert [0 < score < 1 for score in scores] == [True, True]


def test_a_model_that_is_not_there_is_told_each_time(tmp_path: Path) -> None:
    model = CrossEncoderEntailment(str(tmp_path / "none"))
    for _ in range(2):
        with pytest.raises(ModelMissing, match="none"):
            model.scores(PAIRS)


def test_none_is_used_unless_one_is_named() -> None:
    assert open_entailment("") is None
