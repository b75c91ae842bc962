"""Where sentences end, and where they do not."""

import pytest

from rag.ingest.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Smith paid 3.5 mm. ", "He left."],
        ["See No. 5 in the U.S. Army. ", "It was good, e.g. Monday."],
        ["The answer is no. ", "Ask again."],
        ["J. R. R. Tolkien wrote it. ", "We read it."],
        ["“Is it?” he asked. ", "“Yes.” ", "They went."],
        ["It opens at 5 p.m. ", "The shop is small."],
        ["It opens at 5 p.m. Mondays."],
        ["Acme Inc. was founded. ", "It is Acme Inc. ", "They sell."],
        ["Smith et al. (2019) say so. ", "Others, cf. Sec. 4.2, do not."],
        ["Version 2.0. ", "Next one."],
        ["It costs 8.50 a pair. ", "Really?! ", "Yes..."],
        ["Am 5. Mai z.B. war Dr. Weiß da. ", "Der Preis blieb."],
        ["1. Switch it on. ", "2. Wait."],
        ["On Jan. 3 he came. ", "He sat. ", "John stood."],
        ["one line\n", "another line"],
        ["他来了。", "你好！", "再见"],
        ["مرحبا؟ ", "نعم۔ ", "شكرا"],
        ["राम गया। ", "वह आया।"],
        ["See www.example.com. ", "Then go."],
        ["(It is so.) ", "She left."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    text = "".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == [part.strip() for part in parts]


def test_no_words_give_no_sentences() -> None:
    assert sentences(" \n \n") == []


def test_every_visible_character_is_in_one_sentence() -> None:
    text = "  a. B!  \n\n ... “C. d” 5. e? \t"
    covered = "".join(text[start:end] for start, end in sentences(text))
    assert covered.replace(" ", "") == "".join(text.split())
