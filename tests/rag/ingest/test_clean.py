"""Extracted text holds only what people see."""

from rag.ingest.clean import cleaned, one_line, prose, verbatim


def test_letters_are_composed() -> None:
    assert cleaned("cafe\u0301") == "café"


def test_soft_hyphens_and_controls_go() -> None:
    assert cleaned("co\u00adop\x07era\x00te\ufeff") == "cooperate"


def test_invisible_tag_letters_go() -> None:
    assert cleaned("Hi" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore")) == "Hi"


def test_lone_surrogates_go() -> None:
    assert cleaned("a\ud800b") == "ab"


def test_joiners_that_scripts_need_stay() -> None:
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"


def test_prose_has_single_spaces_and_lines() -> None:
    assert prose("  one \u00a0 two \r\n\r\n three\t\t") == "one two\nthree"


def test_one_line_joins_lines() -> None:
    assert one_line("Price\n per  seat ") == "Price per seat"


def test_code_keeps_its_indentation() -> None:
    assert verbatim("\nif x:   \n    y()\n\n") == "if x:\n    y()"
