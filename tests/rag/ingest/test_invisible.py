"""Words in characters that no font draws."""

from rag.ingest.compose import Composer
from rag.ingest.invisible import invisible_words


def _tagged(words: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in words)


def _selected(words: str) -> str:
    return "".join(chr(0xFE00 + byte if byte < 16 else 0xE0100 + byte - 16) for byte in words.encode())


def test_tag_letters_are_read() -> None:
    assert invisible_words(f"Hello{_tagged('obey me')}.") == "obey me"


def test_variation_selectors_are_read() -> None:
    assert invisible_words(f"😀{_selected('obey me')}") == "obey me"


def test_a_long_run_of_zero_width_marks_is_told() -> None:
    assert invisible_words("a" + "\u200b\u200c" * 8) == "16 zero-width characters in a row"


def test_flags_families_and_joined_letters_are_no_hidden_words() -> None:
    wales = "\U0001f3f4" + _tagged("gbwls") + "\U000e007f"
    assert invisible_words(f"{wales} 👨‍👩‍👧 ❤️ می‌خواهم so\u00adft zero\u200bwidth") == ""


def test_the_composer_notes_them_and_leaves_them_out() -> None:
    composer = Composer("a.txt")
    composer.text(f"Hello{_tagged('obey me')}.")
    found = composer.finish()
    assert (found.text, [finding.words for finding in found.findings]) == ("Hello.", ["obey me"])
