"""How the inbox says what an item is: words and badges that the list and the item's own view share."""

from collections.abc import Mapping

from rag.review.acts import STATUS_WORDS
from store.records.inbox import ItemRow, ItemStatus
from ui import markdown
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


def status(value: ItemStatus) -> str:
    return f":{STATUS_COLOURS[value]}-badge[{STATUS_WORDS[value]}]"


def badges(row: ItemRow) -> str:
    """What a reader said and did, what the app doubts, and tags: in Markdown, the weightiest first."""
    said = [rating(row), ":violet-badge[:material/edit: corrected]" if row.corrected else ""]
    said.append(":violet-badge[:material/flag_circle: appealed]" if row.appealed else "")
    if row.state != "answered":
        said.append(f":gray-badge[{STATES.get(row.state, row.state)}]")
    if row.support in ("weak", "unsupported"):
        colour = "orange" if row.support == "unsupported" else "gray"
        said.append(f":{colour}-badge[{SIGNS[row.support]} {row.supported} of {row.sentences}]")
    known = [label for kind, label in row.facets if kind == "signal"]
    said += [f":gray-badge[{SIGNALS[one]}]" for one in SHOWN_SIGNALS if one in known][:_MOST]
    said += [f":orange-badge[{CONFLICTS.get(label, label)}]" for kind, label in row.facets if kind == "conflict"]
    said += [f":gray-badge[:material/shield: {_plain(label)}]" for kind, label in row.facets if kind == "guard"]
    said += [f":blue-badge[:material/sell: {_plain(label)}]" for kind, label in row.facets if kind == "tag"]
    return " ".join(filter(None, said))


def rating(row: ItemRow) -> str:
    if row.rating == 0:
        return ""
    return ":green-badge[:material/thumb_up:]" if row.rating > 0 else ":red-badge[:material/thumb_down:]"


def _plain(label: str) -> str:
    return markdown.plain(label.replace("_", " "))
