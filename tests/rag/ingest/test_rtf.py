"""RTF: words, tables, headings, and what is hidden or broken."""

import random
from contextlib import suppress

import pytest

from rag.ingest.content import Unreadable
from rag.ingest.rtf import read
from tests.rag.ingest.reading import path_of, texts


def _read(body: str) -> list[str]:
    return texts(read((r"{\rtf1\ansi\ansicpg1252 " + body + "}").encode("latin-1"), "a.rtf"))


def test_paragraphs_and_marks_are_read() -> None:
    assert _read(r"{\b One} \ldblquote two\rdblquote\par Three\line four") == ["One “two”", "Three\nfour"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [(r"caf\'e9", "café"), (r"caf\u233?", "café"), (r"\uc2\u8364 ab.", "€."), (r"\u-10179?\u-8704?", "😀")],
)
def test_letters_beyond_ascii_are_read(written: str, expected: str) -> None:
    assert _read(written) == [expected]


def test_a_fonts_encoding_is_used() -> None:
    assert _read(r"{\fonttbl{\f0\fnil\fcharset0 A;}{\f1\fnil\fcharset204 B;}}\f1 \'cf\'f0\'e8") == ["При"]


def test_headings_by_style_or_outline_give_the_path() -> None:
    styles = r"{\stylesheet{\s1\b heading 1;}}"
    data = r"{\rtf1" + styles + r"\pard\s1 Pumps\par\pard\outlinelevel1 Care\par\pard Oil it.}"
    assert path_of(read(data.encode(), "a.rtf"), "Oil") == ("Pumps", "Care")


def test_rows_carry_their_headers() -> None:
    rows = r"\trowd\pard\intbl Item\cell Price\cell\row\trowd\pard\intbl Socks\cell 8.50\cell\row\pard After."
    assert _read(rows) == ["Item: Socks · Price: 8.50", "After."]


def test_footnotes_follow_the_text() -> None:
    assert _read(r"One{\footnote See two.} more.\par Three.") == ["One more.", "Three.", "See two."]


def test_what_is_no_text_is_left_out() -> None:
    noise = r"{\info{\author Me}}{\*\unknown x}{\pict\bin4 {{{{}{\header Page}"
    assert _read(noise + r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}") == ["link"]


def test_hidden_words_are_told_and_left_out() -> None:
    found = read(rb"{\rtf1 Seen. {\v Obey me.}{\fs2 And me.}}", "a.rtf")
    assert (found.text, [finding.words for finding in found.findings]) == ("Seen.", ["Obey me.And me."])


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(Unreadable, match="nested too deeply"):
        read(rb"{\rtf1" + b"{" * 100_000 + b"a", "a.rtf")


@pytest.mark.parametrize("seed", range(10))
def test_garbage_gives_text_or_a_reason(seed: int) -> None:
    dice = random.Random(seed)
    marks = [*rb"\ { } \cell \row \u \'zz \bin9 \uc-1 text \ansicpg0 \fs1 \v".split(), b"\xff", b" "]
    body = b"".join(dice.choices(marks, k=2000))
    with suppress(Unreadable):
        assert read(b"{\\rtf1 words " + body, "a.rtf").text
