"""Chunks: sizes, sections, and not a character lost."""

import random

import pytest

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.split import Chunk, split

_SENTENCE = "The pump is checked twice a year by somebody who knows it well. "


def _words(document: Extracted, chunks: list[Chunk]) -> list[str]:
    return [document.text[chunk.start : chunk.end] for chunk in chunks]


def _document(*sections: tuple[int, str, str]) -> Extracted:
    composer = Composer("a.md")
    for level, title, text in sections:
        composer.heading(level, title)
        composer.text(text)
    return composer.finish()


def test_long_sections_are_cut_between_sentences_into_even_chunks() -> None:
    document = _document((1, "Care", _SENTENCE * 40))
    chunks = split(document)
    assert [text.endswith("well.") for text in _words(document, chunks)] == [True, True, True]
    assert all(700 < chunk.end - chunk.start < 1000 for chunk in chunks)


def test_chunks_are_cut_between_paragraphs_rather_than_in_one() -> None:
    document = _document((1, "Care", f"{_SENTENCE * 9}\n\n{_SENTENCE * 6}\n\n{_SENTENCE * 5}\n\n{_SENTENCE * 7}"))
    assert [text.count("pump") for text in _words(document, split(document))] == [15, 12]


def test_the_section_is_the_heading_path() -> None:
    document = _document((1, "Pump", _SENTENCE * 5), (2, "Care", _SENTENCE * 5))
    assert [chunk.section for chunk in split(document)] == ["Pump", "Pump › Care"]


def test_tiny_siblings_share_a_chunk_under_their_parent() -> None:
    document = _document((1, "FAQ", _SENTENCE * 4), (2, "A?", "Yes."), (2, "B?", "No."))
    assert [chunk.section for chunk in split(document)] == ["FAQ", "FAQ › …"]


def test_tiny_top_sections_stay_apart() -> None:
    document = _document((1, "A?", "Yes."), (1, "B?", "No."))
    assert _words(document, split(document)) == ["A?\n\nYes.", "B?\n\nNo."]


def test_a_heading_without_words_begins_the_section_below_it() -> None:
    document = _document((1, "Pump", ""), (2, "Care", "Twice a year."))
    assert _words(document, split(document)) == ["Pump\n\nCare\n\nTwice a year."]


def test_a_heading_stays_with_the_start_of_a_very_long_sentence() -> None:
    document = _document((1, "Care", "word " * 300))
    first = split(document)[0]
    assert document.text[first.start : first.end].startswith("Care\n\nword")


def test_a_sentence_without_spaces_is_cut_at_the_maximum() -> None:
    document = _document((1, "Key", "x" * 3000))
    assert max(chunk.end - chunk.start for chunk in split(document)) == 1200


def test_rows_are_never_cut() -> None:
    composer = Composer("a.csv")
    composer.table(["Item", "Note"], [[f"Item {number}", "soft and warm " * 8] for number in range(40)])
    document = composer.finish()
    assert all(text.startswith("Item: ") and text.endswith("warm") for text in _words(document, split(document)))


def test_the_page_is_where_the_words_begin() -> None:
    composer = Composer("a.pdf")
    composer.page = 1
    composer.heading(1, "Care")
    composer.page = 2
    composer.text(_SENTENCE)
    assert [chunk.page for chunk in split(composer.finish(pages=2))] == [2]


def _random_document(dice: random.Random) -> Extracted:
    composer = Composer("a.md")
    composer.text("start")
    for _ in range(dice.randint(1, 40)):
        words = " ".join(
            "x" * dice.choice([1, 5, 9, 60]) + dice.choice(["", ".", "!\n"]) for _ in range(dice.randint(1, 99))
        )
        match dice.randint(0, 3):
            case 0:
                composer.heading(dice.randint(1, 4), words[:80])
            case 1:
                composer.code("  " + words)
            case 2:
                composer.table([], [[words], ["b", words[:30]]])
            case _:
                composer.text(words)
    return composer.finish()


@pytest.mark.parametrize("seed", range(40))
def test_every_character_is_in_exactly_one_chunk(seed: int) -> None:
    dice = random.Random(seed)
    document = _random_document(dice)
    target = dice.choice([50, 200, 700])
    chunks = split(document, target=target, maximum=target * 2)
    covered = "".join("".join(_words(document, chunks)).split())
    assert covered == "".join(document.text.split())
    assert all(chunk.end - chunk.start <= target * 2 for chunk in chunks)
    assert [chunk.ordinal for chunk in chunks] == list(range(len(chunks)))
