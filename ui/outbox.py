"""What waits to be sent to a browser outlives the beginning of a script.

When a script begins, Streamlit 1.67 empties its session's queue, and keeps few kinds of messages: not the reply to
"where may this file be put?". So a file chosen in the moment in which a script began (a tag was just typed, a
progress bar moved) would be lost without a word, the likelier the busier the server is.
"""

from typing import Any

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

REPLIES = ("file_urls_response", "backend_operation_response")
_clear = ForwardMsgQueue.clear


def keep_replies() -> None:
    """From now on no reply that a browser waits for is thrown away."""
    ForwardMsgQueue.clear = _kept  # type: ignore[assignment, method-assign]


def _kept(queue: ForwardMsgQueue, retain_lifecycle_msgs: bool = False, *rest: Any, **more: Any) -> None:  # noqa: FBT001, FBT002
    replies = [message for message in queue._queue if message.WhichOneof("type") in REPLIES]
    _clear(queue, retain_lifecycle_msgs, *rest, **more)
    if retain_lifecycle_msgs:  # otherwise they are being sent
        queue._queue += [reply for reply in replies if not any(reply is kept for kept in queue._queue)]
