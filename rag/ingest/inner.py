"""Labels of files inside others, from names that anybody may have written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from rag.ingest.clean import one_line
from rag.ingest.content import InnerFile

_LONGEST = 200  # characters of one step; the end is kept, since the ending tells the format
_DRIVE = re.compile(r"^[A-Za-z]:")


def clean_path(path: str) -> str:
    """`path` as a relative one without `..`, drives, backslashes and characters nobody sees; may come out empty."""
    steps = (one_line(step)[-_LONGEST:] for step in _DRIVE.sub("", path.replace("\\", "/")).split("/"))
    return "/".join(step for step in steps if step not in ("", ".", ".."))


def clean_name(name: str, otherwise: str) -> str:
    """The last step of a clean path, else `otherwise`."""
    return clean_path(name).rpartition("/")[2] or otherwise


def told_apart(files: Sequence[InnerFile]) -> Iterator[InnerFile]:
    """The files, the second of a name with a number: else it would pass for a new version of the first."""
    seen: Counter[str] = Counter()
    for file in files:
        seen[file.path] += 1
        path = PurePosixPath(file.path)
        again = seen[file.path] > 1
        yield replace(file, path=str(path.with_stem(f"{path.stem} ({seen[file.path]})"))) if again else file
