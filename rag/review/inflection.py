"""Whether two words are forms of one: a stemmer throws "business" and "busy", "import" and "important" together."""

from collections.abc import Collection
from functools import lru_cache

_NO_FORMS = frozenset("news during".split())
_ENDINGS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ed", ("", "e")),
    ("ings", ("", "e")),
    ("ing", ("", "e")),
    ("ments", ("",)),
    ("ment", ("",)),
)
SHORTEST = 3  # letters of what is left


def one_word(some: Collection[str], others: Collection[str]) -> bool:
    """Whether a word of each stands for the same one."""
    return any(not lemmas(one).isdisjoint(lemmas(other)) for one in some for other in others)


@lru_cache(maxsize=20_000)
def lemmas(word: str) -> frozenset[str]:
    """What a word may be a form of, itself among them."""
    found = {word}
    if word not in _NO_FORMS:
        for ending, instead in _ENDINGS:
            bare = word.removesuffix(ending)
            if bare != word and len(bare) >= SHORTEST:
                found |= {bare + one for one in instead}
                if bare[-1] == bare[-2]:
                    found.add(bare[:-1])  # planned
    return frozenset(found)
