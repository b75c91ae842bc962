"""Changes put on a text again: what a kept diff says is checked by what it leads to."""

from collections.abc import Sequence

from store.records import ChangeRecord


class Unfit(Exception):
    """The changes are not those of this text."""


def applied(diff: Sequence[ChangeRecord], before: str) -> str:
    """The text after these changes. Raises Unfit."""
    if not diff:
        return before
    if "".join(one.text for one in diff if one.kind != "inserted") != before:
        raise Unfit
    return "".join(one.text for one in diff if one.kind != "deleted")
