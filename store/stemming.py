"""Stems of words as SQLite's `porter` tokenizer makes them, to name a word as the full-text index does."""

import threading
from functools import lru_cache

from snowballstemmer import stemmer


class _Own(threading.local):
    """A stemmer for each thread: it keeps the word it works on in itself, and two at once would mix their words."""

    def __init__(self) -> None:
        self.porter = stemmer("porter")


_own = _Own()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem of a word in small letters."""
    return _own.porter.stemWord(word)  # type: ignore[no-any-return]
