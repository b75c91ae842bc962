"""What sentences and rows claim in figures and dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conflicts.claim import Claim
from rag.conflicts.claims import claims
from rag.ingest.sentences import sentences


def read(text: str) -> list[Claim]:
    return claims(text, sentences)


def words(text: str) -> list[str]:
    return [claim.words for claim in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Server logs are kept for 90 days.", ["90 days"]),
        ("The allowance is €48 for domestic trips and €66 for trips abroad.", ["€48", "€66"]),
        ("The API allows 120 requests per minute.", ["120 requests per minute"]),
        ("The release is planned for 24 March 2026.", ["24 March 2026"]),
        ("Data: Server logs · Kept for: 90 days · Starts: Day of the entry", ["90 days"]),
        ("Price list · Price (EUR): 12 · Seats: 5", ["12", "5"]),
        ("Backups are made every hour.", ["every hour"]),
        ("The region has 22 million people.", ["22 million people"]),
    ],
)
def test_figures_and_dates_that_say_something(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Wren 2 measures carbon dioxide.",
        "The team has 3 to 5 members.",
        "1. Open the lid.\n2. Press the button.",
        "It was founded in 1892.",
        "See section 4 and the figures [1].",
    ],
)
def test_names_ranges_numbering_and_years_claim_nothing(text: str) -> None:
    assert words(text) == []


def test_what_was_so_before_is_told_from_what_is() -> None:
    found = read("The rate rises from €0.34 to €0.36 per kilometre; until 31 May 2026 it was 12 months.")
    assert [(claim.words, claim.former) for claim in found] == [
        ("€0.34", True),
        ("€0.36 per kilometre", False),
        ("12 months", True),
    ]


def test_the_day_of_a_decision_is_not_what_was_decided() -> None:
    (claim,) = read("The board decided on 18 November 2025 that the Team plan costs EUR 13 per seat from 1 March 2026.")
    assert (claim.words, claim.since) == ("EUR 13 per seat", (2026, 3, 1))


def test_bounds_and_rough_figures_are_noted() -> None:
    found = read("Up to 20 rules are allowed. At least 5 people come. About 40 stations run.")
    assert [(claim.bound, claim.rough) for claim in found] == [("most", False), ("least", False), ("", True)]


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for claim in read(text):
        assert 0 <= claim.start < claim.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Frist für die Abrechnung der Reise beträgt 30 Tage.", [("30 Tage", "day", "", False)]),
        ("Der Saal ist bis zu 20 Personen offen und das ist so.", [("20 Personen", "person", "most", False)]),
        ("Bisher lag die Frist für die Reise bei 60 Tagen.", [("60 Tagen", "day", "", True)]),
        ("Der Preis der Lampe ist 1.200 Euro pro Monat.", [("1.200 Euro pro Monat", "eur", "", False)]),
        ("La garantie de la lampe est de 2 ans.", [("2 ans", "month", "", False)]),
        ("La salle est pour au moins 20 personnes.", [("20 personnes", "person", "least", False)]),
        ("El plazo para los gastos es de 10 días hábiles.", [("10 días hábiles", "work day", "", False)]),
        ("El descuento para las asociaciones es del 10 por ciento.", [("10 por ciento", "%", "", False)]),
    ],
)
def test_german_french_and_spanish_are_read(text: str, expected: list[tuple[str, str, str, bool]]) -> None:
    assert [(one.words, one.unit.base, one.bound, one.former) for one in read(text)] == expected


def test_a_month_tells_figures_apart() -> None:
    assert [sorted(claim.names) for claim in read("He ran 5 km in May and 8 km in June.")] == [["may"], ["june"]]
