"""How the inbox says what an item is: words and badges that the list and the item's own view share."""

from collections.abc import Mapping

from rag.review.acts import STATUS_WORDS
from store.records.inbox import ItemRow, ItemStatus
from ui.badges import Badge
from ui.support import SIGNS
from ui.words import STATES

STATUS_COLOURS: Mapping[ItemStatus, str] = {"new": "gray", "in_review": "blue", "fixed": "green", "wont_fix": "gray"}
SIGNALS: Mapping[str, str] = {
    "copied": "copied",
    "citation_opened": "opened a source",
    "follow_up": "took a follow-up",
    "asked_again": "asked again",
    "rephrased": "rephrased",
    "stopped": "stopped",
    "left": "left at once",
    "returned": "came back",
}
CONFLICTS: Mapping[str, str] = {
    "number": "numbers disagree",
    "date": "dates disagree",
    "older": "older source",
    "outdated": "outdated source",
}
SHOWN_SIGNALS = ("asked_again", "rephrased", "stopped", "left", "copied")  # in the list, as far as there is room
_MOST = 2


def status(value: ItemStatus) -> Badge:
    return Badge(STATUS_WORDS[value], STATUS_COLOURS[value])


def badges(row: ItemRow) -> list[Badge]:
    """What a reader said and did, what the app doubts, and tags: the weightiest first."""
    said = [rated] if (rated := rating(row)) else []
    said += [Badge("corrected", "violet", "edit")] if row.corrected else []
    said += [Badge("appealed", "violet", "flag_circle")] if row.appealed else []
    if row.state != "answered":
        said.append(Badge(STATES.get(row.state, row.state), "gray"))
    if row.support in ("weak", "unsupported"):
        colour = "orange" if row.support == "unsupported" else "gray"
        said.append(Badge(f"{SIGNS[row.support]} {row.supported} of {row.sentences} supported", colour))
    known = [label for kind, label in row.facets if kind == "signal" and label != row.state]  # stopped
    said += [Badge(SIGNALS[one], "gray") for one in SHOWN_SIGNALS if one in known][:_MOST]
    said += [Badge(CONFLICTS.get(label, label), "orange") for kind, label in row.facets if kind == "conflict"]
    said += [Badge(_words(label), "gray", "shield") for kind, label in row.facets if kind == "guard"]
    return said + [Badge(_words(label), "blue", "sell") for kind, label in row.facets if kind == "tag"]


def rating(row: ItemRow) -> Badge | None:
    if row.rating == 0:
        return None
    if row.rating > 0:
        return Badge(colour="green", icon="thumb_up", means="thumbs up")
    return Badge(colour="red", icon="thumb_down", means="thumbs down")


def _words(label: str) -> str:
    return label.replace("_", " ")
