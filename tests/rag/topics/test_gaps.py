"""What the documents do not answer, in groups."""

from datetime import UTC, datetime, timedelta

import numpy as np

from rag.topics.gaps import gaps
from rag.topics.vectors import packed
from store.records import AnswerState
from store.records.topics import MissedRecord

NOW = datetime(2026, 5, 20, tzinfo=UTC)


def missed(
    number: int, text: str, person: str, days: float, angle: float | None = None, state: AnswerState = "not_found"
) -> MissedRecord:
    vector = b"" if angle is None else packed([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    return MissedRecord(number, text, person, NOW - timedelta(days=days), state, vector)


def test_the_same_question_in_other_words_is_one_gap_with_its_people() -> None:
    found = gaps(
        [
            missed(1, "Is there a gym?", "ana", 3, 0),
            missed(2, "is there a gym", "ana", 1, 0),
            missed(3, "Do we have a fitness room?", "ben", 2, 20, state="answered"),
            missed(4, "Who feeds the cat?", "ana", 1, 90),
        ],
        NOW,
    )
    assert [(one.times, one.people, one.not_found, one.rated_down) for one in found] == [(3, 2, 2, 1), (1, 1, 1, 0)]
    assert [one.text for one in found[0].asked] == ["is there a gym", "Do we have a fitness room?", "Is there a gym?"]


def test_what_many_asked_lately_comes_before_what_one_asked_often_or_long_ago() -> None:
    found = gaps(
        [
            *(missed(number, "One person's matter?", "ana", 1) for number in range(20)),
            *(missed(30 + number, "An old matter?", f"old {number}", 200) for number in range(5)),
            *(missed(50 + number, "A matter of three?", f"new {number}", 2) for number in range(3)),
        ],
        NOW,
    )
    assert [one.asked[0].text for one in found] == ["A matter of three?", "One person's matter?", "An old matter?"]


def test_without_vectors_words_alone_tell() -> None:
    assert (
        len(gaps([missed(1, "Gym?", "ana", 1), missed(2, "gym", "ben", 1), missed(3, "Cat?", "ana", 1, 5)], NOW)) == 2
    )
    assert gaps([], NOW) == []
