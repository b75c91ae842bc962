"""Which parts of an answer in Markdown claim something."""

import pytest

from guards.support.pieces import pieces
from rag.ingest.sentences import sentences


def claims(answer: str) -> list[str]:
    return [answer[piece.start : piece.end] for piece in pieces(answer, sentences) if piece.claims]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Ask early. [1] Pay late [2].", ["Ask early. [1]", "Pay late [2]."]),
        ("# Leave\nYou have 28 days.", ["You have 28 days."]),
        ("**Leave**\n\nYou have 28 days.", ["You have 28 days."]),
        ("Here are the steps:\n1. Ask.\n2. **Pay** the fee.", ["Ask.", "**Pay** the fee."]),
        ("Follow these steps: 1. Ask early.", ["Follow these steps: 1. Ask early."]),
        ("- Ask early.\n  - Pay late.", ["Ask early.", "Pay late."]),
        ("> You have 28 days.", ["You have 28 days."]),
        ("| Plan | Price |\n|---|---|\n| Basic | 5 euros |", ["| Basic | 5 euros |"]),
        ("```\nrun it\n```\nThen wait.", ["Then wait."]),
        ("Do you need more? You have 28 days.", ["You have 28 days."]),
        ("Yes. You have 28 days. I hope this helps!", ["You have 28 days."]),
        ("Yes, you have 28 days.", ["Yes, you have 28 days."]),
        ("I could not find this in the documents.", []),
        ("---", []),
        ("", []),
        ("休暇は28日です。申請は上司へ。", ["休暇は28日です。", "申請は上司へ。"]),
    ],
)
def test_only_sentences_that_claim_something_count(answer: str, expected: list[str]) -> None:
    assert claims(answer) == expected


def test_words_come_without_signs_and_marks_with_their_numbers() -> None:
    (piece,) = pieces("- Ask [the **team**](https://a.example) `now` [1, 3].", sentences)
    assert (piece.words, piece.marks) == ("Ask the team now .", (1, 3))


def test_code_is_looked_at_as_a_whole_and_claims_nothing() -> None:
    found = list(pieces("Set it:\n```\nlimit = 5\nwait = 6\n```", sentences))
    assert [(piece.words.splitlines()[1:3], piece.claims) for piece in found[1:]] == [
        (["limit = 5", "wait = 6"], False)
    ]
