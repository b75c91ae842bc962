"""The check of a question."""

import pytest

from guards.question import LIMIT, check_question


def test_a_plain_question_passes_as_it_is() -> None:
    verdict = check_question("What is the notice period?")
    assert (verdict.allowed, verdict.findings, verdict.text) == (True, (), "What is the notice period?")


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u200b\u2060\x00", "\u202e"])
def test_nothing_to_read_is_no_question(text: str) -> None:
    verdict = check_question(text)
    assert not verdict.allowed
    assert verdict.findings[0].why == "There is no question yet. Please write what you want to know."


def test_a_question_at_the_limit_passes() -> None:
    assert check_question("x" * LIMIT).allowed


def test_a_long_question_is_told_its_length_and_the_limit() -> None:
    verdict = check_question("x" * 25_310)
    assert not verdict.allowed
    assert "25,310 characters" in verdict.findings[0].why
    assert "limit is 20,000" in verdict.findings[0].why


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("pay\u200bment", "payment"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066a\u2069", "a"),
        ("a\x00b\x1b[0m\x9f", "ab[0m"),
        ("\ufeffstart", "start"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("half \ud83d", "half"),
        ("pass\u00adword", "password"),
        ("a\u200db", "ab"),
        ("😀\ufe0f\ufe0e\ufe01", "😀\ufe0f"),
    ],
)
def test_hidden_characters_are_taken_out(text: str, clean: str) -> None:
    verdict = check_question(text)
    assert verdict.text == clean
    assert verdict.findings[0].what == "hidden characters"


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧",
        "👩🏽\u200d⚕\ufe0f",
        "🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "ක්\u200dෂ",
        "line\n\tnext",
        "½ € №",
    ],
)
def test_what_writing_needs_stays(text: str) -> None:
    verdict = check_question(text)
    assert (verdict.text, verdict.findings) == (text, ())


def test_joiners_cannot_carry_data() -> None:
    assert check_question("م\u200c\u200d\u200cن").text == "م\u200cن"


def test_accents_are_composed() -> None:
    assert check_question("re\u0301sume\u0301").text == "résumé"


def test_line_ends_are_one_kind_and_no_finding() -> None:
    verdict = check_question("a\r\nb\rc\u2028d")
    assert (verdict.text, verdict.findings) == ("a\nb\nc\nd", ())
