"""Replies to browsers outlive the beginning of a script."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from ui import outbox


def waiting() -> ForwardMsgQueue:
    """A queue with a piece of a page, and the address a file may be put to."""
    queue, piece, reply = ForwardMsgQueue(), ForwardMsg(), ForwardMsg()
    piece.delta.new_element.text.body = "half drawn"
    reply.file_urls_response.response_id = "1"
    queue.enqueue(piece)
    queue.enqueue(reply)
    return queue


def test_a_script_that_begins_throws_away_no_reply() -> None:
    outbox.keep_replies()
    queue = waiting()
    queue.clear(retain_lifecycle_msgs=True)
    assert [message.WhichOneof("type") for message in queue.flush()] == ["file_urls_response"]
    assert queue.is_empty()


def test_a_fragment_that_begins_leaves_one_reply() -> None:
    outbox.keep_replies()
    queue = waiting()
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["f"])
    assert [message.WhichOneof("type") for message in queue.flush()].count("file_urls_response") == 1
