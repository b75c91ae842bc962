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
        "with would you your yours yes ok okay hi hello hey thank mean means d ll re ve m don didn doesn isn aren",
        "wasn weren won wouldn shouldn couldn hasn haven hadn",
    )
    for word in line.split()
)
_PLEASANTRY = re.compile(
    r"\b(?:good (?:morning|afternoon|evening|night|day|bye|job)|how are you(?: doing)?(?: today)?|how is it going"
    r"|what s up|nice to meet you|well done|a lot|very good|no problem|never mind|see you(?: (?:later|soon))?)\b"
)
_CHAT = frozenset(
    "hi hello hey thanks thank thx ty please yes no ok okay yep nope cheers bye goodbye welcome hallo danke bitte "
    "merci bonjour salut ciao hola gracias lol haha hm hmm yo wow greetings alright great cool nice perfect awesome "
    "fine there everyone folks sure understood".split()
)
_ASKING = frozenset("how what when where which who whom whose why".split())


def words(text: str) -> list[str]:
    """The words of a text in order, folded as by the full-text index: lower case, no accents on Latin letters."""
    folded = text.lower()
    if not folded.isascii():
        bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", folded))
        folded = unicodedata.normalize("NFC", bare)
    return _WORD.findall(folded)


def terms(text: str) -> list[str]:
    """The words that carry meaning, each once, in order."""
    return list(dict.fromkeys(word for word in words(text) if word not in STOP_WORDS))


def is_small_talk(text: str) -> bool:
    """Whether a text only greets, thanks or nods, so that no document can answer it."""
    said = words(text)
    rest = _PLEASANTRY.sub("", " ".join(said)).split()
    chats = len(rest) < len(said) or not _CHAT.isdisjoint(rest)
    asks = not _ASKING.isdisjoint(rest) or (text.rstrip().endswith("?") and len(rest) > 2)
    return chats and not asks and all(word in _CHAT or word in STOP_WORDS for word in rest)


@lru_cache(maxsize=2048)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning. The same chunks are rated again and again: hence the cache."""
    return frozenset(stem(word) for word in words(text) if word not in STOP_WORDS)


@lru_cache(maxsize=2048)
def stem_sequence(text: str) -> tuple[str, ...]:
    """The stems of all words in their order."""
    return tuple(map(stem, words(text)))


class _Own(threading.local):
    """A stemmer for each thread: it keeps the word it works on in itself, and two at once would mix their words."""

    def __init__(self) -> None:
        self.porter = stemmer("porter")


_own = _Own()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem, the algorithm of SQLite's `porter` tokenizer."""
    return _own.porter.stemWord(word)  # type: ignore[no-any-return]
