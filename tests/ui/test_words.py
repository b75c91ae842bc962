"""Words for numbers."""

import pytest

from ui.words import about, counted, size


@pytest.mark.parametrize(("number", "words"), [(0, "0 chunks"), (1, "1 chunk"), (1200, "1,200 chunks")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "chunk") == words


@pytest.mark.parametrize(("number", "words"), [(230, "0.2 kB"), (99_000, "99.0 kB"), (1_240_000, "1.2 MB")])
def test_sizes_are_read_easily(number: int, words: str) -> None:
    assert size(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "about 5 s"), (41, "about 40 s"), (59, "about 60 s"), (200, "about 3 min"), (7300, "about 2 h")],
)
def test_time_is_told_roughly(seconds: float, words: str) -> None:
    assert about(seconds) == words
