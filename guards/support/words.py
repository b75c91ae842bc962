"""The words of a text that carry its meaning, as stems; where no space stands between words, pairs of characters."""

import re
import threading
from functools import lru_cache
from typing import Any

from snowballstemmer import stemmer

from guards.language import stop_words

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_ELIDED = re.compile(r"['’]s?$|^[cdjlmnst]['’]")
_STEMMERS = {
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
    "ru": "russian",
}


class _Own(threading.local):
    """The stemmers of one thread: each keeps the word it works on in itself, and two at once would mix their words."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {}

    def stemmer(self, language: str) -> Any:
        if language not in self.known:
            self.known[language] = stemmer(language)
        return self.known[language]


_own = _Own()


def stems(text: str, language: str) -> list[str]:
    """The stems of all words that are no function words of the language, in order."""
    found: list[str] = []
    functions = stop_words(language)
    for word in _WORD.findall(text.casefold()):
        if runs := _UNSPACED.findall(word):
            found += [run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1))]
        elif (bare := _ELIDED.sub("", word)) and bare not in functions:
            found.append(_stem(bare, _STEMMERS.get(language, "english")))
    return found


@lru_cache(maxsize=50_000)
def _stem(word: str, algorithm: str) -> str:
    return str(_own.stemmer(algorithm).stemWord(word))
