"""Names of files and tags as they are kept: short, printable, each once."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path

NAME_LENGTH = 200
TAG_LENGTH = 40
MOST_TAGS = 20


def clean_name(name: str) -> str:
    """A file's own name, without folders and what cannot be shown; its ending is kept when it must be cut."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable()).strip() or "unnamed"
    suffix = Path(shown).suffix[:20]
    return shown if len(shown) <= NAME_LENGTH else shown[: NAME_LENGTH - len(suffix)] + suffix


def tidied(tags: Sequence[str]) -> list[str]:
    """Tags as they are kept: in lower case, cut to size, each once."""
    tidy = (" ".join(word.split()).lower()[:TAG_LENGTH].strip() for word in tags)
    return [word for word in dict.fromkeys(tidy) if word][:MOST_TAGS]
