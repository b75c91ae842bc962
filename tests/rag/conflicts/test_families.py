"""Documents that take each other's place."""

from datetime import date

import pytest

from rag.conflicts.families import Named, begins_like, edition, newer_sibling, says_it_is_over

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("leave-policy-2024.docx", ("leave policy", (2024,))),
        ("Leave Policy 2026", ("leave policy", (2026,))),
        ("handbook_v2.1.pdf", ("handbook", (2, 1))),
        ("terms (version 3).md", ("terms", (3,))),
        ("meeting-2025-11-18-board.txt", None),  # each meeting for itself
        ("release-notes-4.2.md", None),
        ("annual-report-2024.pdf", None),
        ("wren-2-manual.pdf", None),  # a product
        ("glossary.md", None),
    ],
)
def test_the_family_and_edition_in_a_name(name: str, expected: tuple[str, tuple[int, ...]] | None) -> None:
    assert edition(name) == expected


def test_the_newest_of_a_family_is_newer_than_the_others() -> None:
    family = [Named(at, f"leave-policy-{year}.docx", "Leave") for at, year in enumerate((2023, 2026, 2024))]
    assert [newer_sibling(one, family) for one in family] == [family[1], None, family[1]]
    assert newer_sibling(Named(9, "travel-policy-2020.md", ""), family) is None
    assert newer_sibling(Named(9, "notes.md", "Notes"), family) is None


def test_the_beginning_that_a_family_shares() -> None:
    assert [begins_like(name) for name in ("leave-policy-2024.docx", "handbook v2.pdf", "2024.pdf", "notes.md")] == [
        "leave-policy",
        "handbook",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "This policy has been replaced by the Leave Policy 2026.",
            "This policy has been replaced by the Leave Policy",
        ),
        ("Travel rules\nSuperseded by version 3\n", "Superseded by version 3"),
        ("Valid from 1 March 2024 until 31 January 2026.", "Valid from 1 March 2024 until 31 January 2026"),
        ("Valid until 31 December 2026.", ""),
        ("This policy replaces version 1.3 of May 2023.", ""),
        ("A broken lamp is replaced by the keeper.", ""),
    ],
)
def test_what_a_document_says_of_itself(text: str, expected: str) -> None:
    said = says_it_is_over(text, TODAY)
    assert (said[: len(expected)], bool(said)) == (expected, bool(expected))
