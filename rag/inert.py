"""Texts of others made such that no server or model reads them as marks of a prompt."""

import re

_JOINER = "\u2060"
_MARKS = re.compile(
    r"<\|(?=[\w/])|<(?=/?(?:passage|shown)\b)|\[(?=/?INST\])|<(?=</?SYS>>)|<(?=/?(?:s|start_of_turn|end_of_turn)>)",
    re.I,
)


def inert(text: str) -> str:
    """The text with a joiner nobody sees inside of marks that some servers read as the beginning of a message.

    Servers that put messages into one text read such marks in a passage as their own. The same for marks of this
    prompt. Comparing quotes leaves the joiner out (guards/folding.py).
    """
    return _MARKS.sub(lambda mark: f"{mark[0][0]}{_JOINER}{mark[0][1:]}", text)
