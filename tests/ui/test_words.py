"""Words for numbers and moments."""

from datetime import UTC, datetime, timedelta

import pytest

from ui.words import about, ago, clock, counted, duration, money, share, size

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("number", "words"), [(0, "0 chunks"), (1, "1 chunk"), (1200, "1,200 chunks")])
def test_things_are_counted(number: int, words: str) -> None:
    assert counted(number, "chunk") == words


@pytest.mark.parametrize(("number", "words"), [(230, "0.2 kB"), (99_000, "99.0 kB"), (1_240_000, "1.2 MB")])
def test_sizes_are_read_easily(number: int, words: str) -> None:
    assert size(number) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "about 5 s"),
        (41, "about 40 s"),
        (59, "about 60 s"),
        (200, "about 3 min"),
        (7300, "about 2 h"),
        (400_000, "about 5 days"),
    ],
)
def test_time_is_told_roughly(seconds: float, words: str) -> None:
    assert about(seconds) == words


@pytest.mark.parametrize(("ms", "words"), [(None, "–"), (0.4, "0 ms"), (420, "420 ms"), (1940, "1.9 s")])
def test_measured_times_are_told_exactly(ms: float | None, words: str) -> None:
    assert duration(ms) == words


@pytest.mark.parametrize(("usd", "words"), [(0, "0.00 USD"), (0.00042, "0.0004 USD"), (1234.5, "1,234.50 USD")])
def test_amounts_of_money(usd: float, words: str) -> None:
    assert money(usd) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(4, 5, "4 of 5"), (0, 0, "0 of 0"), (1203, 1204, "99.9 % of 1,204"), (1204, 1204, "100 % of 1,204")],
)
def test_a_share_tells_of_how_many(part: int, whole: int, words: str) -> None:
    assert share(part, whole) == words


def test_moments_are_told_in_the_zone_of_whoever_looks() -> None:
    assert (clock(NOON, "Europe/Berlin"), clock(NOON)) == ("14:00", "12:00 UTC")


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "just now"), (200, "3 min ago"), (7300, "2 h ago"), (400_000, "5 days ago")]
)
def test_how_long_it_has_been(seconds: float, words: str) -> None:
    assert ago(NOON, NOON + timedelta(seconds=seconds)) == words
