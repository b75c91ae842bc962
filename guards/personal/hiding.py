"""Personal data taken out of texts for good, such as lines of a log."""

from collections.abc import Collection

from guards.personal.guard import seen
from guards.personal.seen import Kind


def hidden(text: str, kinds: Collection[Kind]) -> str:
    """The text with the kind of each value in brackets instead of it."""
    out, at = [], 0
    for one in seen(text, kinds):
        out += [text[at : one.start], f"[{one.kind}]"]
        at = one.end
    return "".join([*out, text[at:]])
