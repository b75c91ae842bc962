"""Words for everything that can go wrong."""

from typing import get_args

import pytest

from rag.problems import CATALOGUE, Kind, notice, sentence


def test_every_kind_has_its_own_words() -> None:
    assert set(CATALOGUE) == set(get_args(Kind))
    assert len({problem.sentence for problem in CATALOGUE.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("kind", CATALOGUE)
def test_the_words_are_short_whole_sentences_without_jargon(kind: Kind) -> None:
    words = sentence(kind)
    assert len(words) < 200
    assert words[0].isupper()
    assert words.endswith(".")
    assert not any(
        jargon in words.lower() for jargon in ("http", "exception", "sql", "timeout", "json", "null", "error:")
    )


@pytest.mark.parametrize("kind", [kind for kind in CATALOGUE if kind.startswith("model_")])
def test_a_model_that_failed_is_told_with_where_the_words_come_from(kind: Kind) -> None:
    assert notice(kind) == f"{CATALOGUE[kind].happened} What you see are the documents' own words."


def test_an_answer_that_another_model_finished_is_told_mildly() -> None:
    told = notice("model_timeout", "model")
    assert told == "The language model took too long. Another language model finished this answer."
    assert notice("vectors_warming", "model") == sentence("vectors_warming")


def test_a_beginning_that_was_kept_is_told() -> None:
    told = notice("model_cut", "joined")
    assert told.endswith("The beginning by a language model is kept; the documents' own words follow.")
    assert notice("model_cut", "kept").endswith("The beginning by a language model is kept.")


def test_an_answer_that_broke_off_is_told_without_another_writer() -> None:
    assert notice("answer_cut", "model") == sentence("answer_cut")


def test_a_kind_of_another_version_has_general_words() -> None:
    assert sentence("made up") == CATALOGUE["bug"].sentence
    assert notice("made up") == CATALOGUE["bug"].sentence
