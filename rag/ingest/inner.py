"""Labels of files inside others, from names that anybody may have written."""

import re

from rag.ingest.clean import one_line

_LONGEST = 200  # characters of one step; the end is kept, since the ending tells the format
_DRIVE = re.compile(r"^[A-Za-z]:")


def clean_path(path: str) -> str:
    """`path` as a relative one without `..`, drives, backslashes and characters nobody sees; may come out empty."""
    steps = (one_line(step)[-_LONGEST:] for step in _DRIVE.sub("", path.replace("\\", "/")).split("/"))
    return "/".join(step for step in steps if step not in ("", ".", ".."))


def clean_name(name: str, otherwise: str) -> str:
    """The last step of a clean path, else `otherwise`."""
    return clean_path(name).rpartition("/")[2] or otherwise
