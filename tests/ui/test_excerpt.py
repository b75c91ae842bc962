"""Excerpts: the query's words are in sight and in bold, and all others harmless."""

from tests.ui.judge import alive, shown
from ui.excerpt import LENGTH, emphasised

FILLER = "Of other things there is much to tell in between. " * 30


def test_the_words_of_a_query_are_bold_in_all_their_forms() -> None:
    assert emphasised("The lamps are lit. A LAMP burns.", "when is the lamp lit") == (
        r"The **lamps** are **lit**\. A **LAMP** burns\."
    )


def test_a_text_without_them_begins_at_its_beginning() -> None:
    excerpt = emphasised(FILLER, "lamp")

    assert excerpt.startswith("Of other things")
    assert excerpt.endswith(" …")
    assert len(excerpt) < LENGTH + 30


def test_words_far_down_are_brought_into_sight() -> None:
    excerpt = emphasised(f"{FILLER} The lamp is lit at dusk. {FILLER}", "lamp")

    assert excerpt.startswith("… ")
    assert "The **lamp** is lit at dusk" in excerpt


def test_an_endless_word_is_cut() -> None:
    assert len(emphasised("x" * 5000, "lamp")) < LENGTH + 30


def test_a_hostile_text_stays_text() -> None:
    text = "![lamp](https://evil.example/x.png) <b>lamp</b> :red[lamp] **lamp** https://lamp.example lamp@evil.example"
    excerpt = emphasised(text, "lamp https evil")

    assert not alive(excerpt)
    assert " ".join(shown(excerpt).replace("\u2060", "").split()) == text
