"""Replies of reviewers: sent in words that fit, read once by their reader."""

import pytest

from rag.house import House
from rag.owners import NotYours
from rag.review.replies import LONGEST, BadReply
from tests.rag.test_assistant import ANA, answered


def test_a_reply_reaches_its_reader_and_is_then_seen(house: House) -> None:
    asked = answered(house, "How many euros?")
    replies = house.desk.replies
    replies.send(asked.answer_id, "  It is mended.\n", "reviewer")
    assert replies.unread(ANA) == {asked.conversation_id: 1}
    replies.seen(ANA, asked.answer_id)
    [reply] = replies.of_conversation(ANA, asked.conversation_id)[asked.answer_id]
    assert (reply.text, reply.by, reply.seen_at is None, replies.unread(ANA)) == (
        "It is mended.",
        "reviewer",
        False,
        {},
    )


@pytest.mark.parametrize(("text", "words"), [(" \n", "empty"), ("x" * (LONGEST + 1), "4,001 characters")])
def test_an_empty_or_over_long_reply_is_not_sent(house: House, text: str, words: str) -> None:
    asked = answered(house, "How many euros?")
    with pytest.raises(BadReply, match=words):
        house.desk.replies.send(asked.answer_id, text, "reviewer")
    assert house.desk.replies.of_answers([asked.answer_id]) == {}


def test_an_answer_that_is_gone_cannot_be_replied_to(house: House) -> None:
    with pytest.raises(NotYours):
        house.desk.replies.send(999, "Hello?", "reviewer")
