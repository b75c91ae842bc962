"""Claims that do not go together, in sentences made for it and in all of the sample documents."""

from itertools import combinations
from pathlib import Path

import pytest

from rag.conflicts.about import about, lower_words
from rag.conflicts.claims import claims
from rag.conflicts.comparing import disagreements
from rag.ingest.content import Extracted
from rag.ingest.extract import extract
from rag.ingest.sentences import sentences

SAMPLES = Path(__file__).parents[3] / "samples" / "documents"
# As samples/README.md lists them, without the one of a name and the one of a single document.
PLANTED = {
    frozenset(pair)
    for pair in (
        ("€42", "€48"),
        ("€58", "€66"),
        ("€0.30 per kilometre", "€0.34 per kilometre"),
        ("€0.34 per kilometre", "€0.36 per kilometre"),
        ("60 days", "30 days"),
        ("24 months", "36 months"),
        ("12 months", "24 months"),
        ("14 days", "30 days"),
        ("EUR 13 per seat and month", "€12 per seat and month"),
        ("24 March 2026", "21 April 2026"),
        ("30 June 2026", "30 September 2026"),
        ("60 requests per minute", "120 requests per minute"),
        ("20 alarm rules per account", "50 alarm rules"),
        ("100,000 rows per file", "500,000 rows per file"),
        ("every hour", "six hours"),
        ("180 days", "90 days"),
        ("31 March 2026", "15 April 2026"),
        ("€350", "€450"),
        ("27 days", "28 days"),
        ("62 people", "64 people"),
    )
}

TRUE_AS_WELL = {  # of two editions, or in another form; read by eye
    frozenset(pair)
    for pair in (
        ("€500", "€800"),
        ("€20", "€25"),
        ("€150", "€175 per night"),
        ("20 working days", "15 working days"),
        ("20 working days", "ten working days"),
        ("EUR 13 per seat and month", "12"),
        ("€0.30 per kilometre", "€0.36 per kilometre"),
        ("20 alarm rules per account", "50 alarm rules per account"),
    )
}


def told(one: str, other: str) -> list[tuple[str, str]]:
    lowered = lower_words((one, other))
    found = disagreements(claims(one, sentences, lowered), claims(other, sentences, lowered))
    return [(each.one.words, each.other.words) for each in found]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Staff get 20 days of annual leave.", "All staff get 25 days of annual leave.", [("20 days", "25 days")]),
        ("The switch-off is on 1 February 2026.", "The switch-off is on 1 March 2026.", []),  # of what?
        (
            "API v1 is switched off on 1 February 2026.",
            "API v1 is switched off on 1 March 2026.",
            [("1 February 2026", "1 March 2026")],
        ),
        ("The warranty for pumps is two years.", "The warranty for pumps is 36 months.", [("two years", "36 months")]),
        (
            "Die Frist für die Abrechnung der Reise ist 30 Tage.",
            "Die Frist für die Abrechnung der Reise ist 60 Tage.",
            [("30 Tage", "60 Tage")],
        ),
        (
            "L'ancienne interface de la lampe sera arrêtée le 30 juin 2026.",
            "L'ancienne interface de la lampe sera arrêtée le 30 septembre 2026.",
            [("30 juin 2026", "30 septembre 2026")],
        ),
        (
            "El descuento para las asociaciones es del 10 por ciento.",
            "El descuento para las asociaciones es del 15 %.",
            [("10 por ciento", "15 %")],
        ),
        (
            "Logs are kept for 90 days and backups of the data are kept for 30 days.",
            "Logs are kept for 90 days and backups of the data are kept for 60 days.",
            [("30 days", "60 days")],
        ),
    ],
)
def test_other_figures_and_dates_of_the_same_thing(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert told(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Staff in Germany get 20 days of annual leave.", "Staff in France get 25 days of annual leave."),
        ("Staff get 20 days of annual leave.", "Staff get 20 working days of annual leave."),
        ("The warranty for pumps is 2 years.", "The warranty for pumps is 24 months."),
        ("About 2,000 visitors came to the harbour fair.", "1,950 visitors came to the harbour fair."),
        ("The harbour has 41.7 hectares of water.", "The harbour has 42 hectares of water."),
        ("The harbour has at least 3 pilot boats.", "The harbour has up to 9 pilot boats."),
        ("In 2019 the harbour fair had 300 visitors.", "In 2020 the harbour fair had 400 visitors."),
        ("The fee is 30 euros per boat if it stays overnight.", "The fee is 20 euros per boat."),
        ("The fee for boats is between 20 and 30 euros.", "The fee for boats is 25 euros."),
        ("Full-time staff get 20 days of annual leave.", "Part-time staff get 10 days of annual leave."),
        ("He ran 5 km in May and 8 km in June.", "He ran 8 km in June and 12 km in July."),
        (
            "Bisher war die Frist für die Abrechnung der Reise 60 Tage.",
            "Die Frist für die Abrechnung der Reise ist 30 Tage.",
        ),
        ("Wenn es eilt, ist die Frist für die Reise 3 Tage.", "Die Frist für die Reise ist für alle 6 Tage."),
        ("La garantie de la lampe est de 24 mois.", "La garantie de la lampe est de 2 ans."),
        ("El precio de la lámpara es de 1.200 euros.", "El precio de la lámpara es de 1200 €."),
    ],
)
def test_other_places_units_years_and_conditions_are_no_contradiction(one: str, other: str) -> None:
    assert told(one, other) == []


def test_the_text_that_calls_the_other_figure_old_is_the_newer_one() -> None:
    old = claims("The release of the mobile app is planned for 24 March 2026.", sentences)
    new = claims("The board moved the release of the mobile app from 24 March 2026 to 21 April 2026.", sentences)
    assert [one.newer for one in disagreements(old, new)] == [1]
    assert [one.newer for one in disagreements(new, old)] == [0]


@pytest.fixture(scope="module")
def samples() -> list[Extracted]:
    files = sorted(SAMPLES.iterdir())
    return [one for file in files if isinstance(one := extract(file.name, file.read_bytes()), Extracted)]


def test_all_that_is_planted_in_the_samples_is_found_and_little_else(samples: list[Extracted]) -> None:
    lowered = lower_words([one.text for one in samples])
    claimed = [(about(one.title, lowered)[0], claims(one.text, sentences, lowered)) for one in samples]
    found = [
        frozenset((each.one.words, each.other.words))
        for (title, ones), (other_title, others) in combinations(claimed, 2)
        for each in disagreements(
            ones, others, title & other_title | {s for s in title | other_title if any(map(str.isdigit, s))}
        )
    ]
    assert set(found) >= PLANTED
    others = {pair for pair in found if pair not in PLANTED}
    assert others - TRUE_AS_WELL == {frozenset(("1,000 ppm", "600 ppm"))}  # false
