"""The words of a text that carry its meaning, and their stems, as the full-text index stems them."""

import re
import threading
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

_WORD = re.compile(r"\w+(?:[.,]\d+)*", re.UNICODE)
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")  # й, が and Hangul are letters of their own
# English function words, and what people wrap questions in. Other languages lose nothing but a little speed.
STOP_WORDS = frozenset(
    word
    for line in (
        "a about above after again all also am an and any are as at be because been before being below between both",
        "but by can cannot could did do does doing down during each else few for from further get gets give gives had",
        "has have having he her here hers him his how i if in into is it its itself just let like many may me might",
        "mine more most much must my no nor not of off on once only or other our ours out over own please s same say",
        "says she should so some such t tell than thanks that the their theirs them then there these they this those",
        "through to too under until up us very want was we were what when where which while who whom whose why will",
        "with would you your yours yes ok okay hi hello hey thank d ll re ve m don didn doesn isn aren wasn weren won",
        "wouldn shouldn couldn hasn haven hadn",
    )
    for word in line.split()
)


def words(text: str) -> list[str]:
    """The words of a text in order, folded as by the full-text index: lower case, no accents on Latin letters."""
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text.lower()))
    return _WORD.findall(unicodedata.normalize("NFC", bare))


def terms(text: str) -> list[str]:
    """The words that carry meaning, each once, in order."""
    return list(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning. The same chunks are rated again and again: hence the cache."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


class _Own(threading.local):
    """A stemmer for each thread: it keeps the word it works on in itself, and two at once would mix their words."""

    def __init__(self) -> None:
        self.porter = stemmer("porter")


_own = _Own()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem, the algorithm of SQLite's `porter` tokenizer."""
    return _own.porter.stemWord(word)  # type: ignore[no-any-return]
