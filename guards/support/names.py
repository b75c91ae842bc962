"""Names in a sentence: words with a capital where none is needed, as long as they follow one another.

In German every noun has a capital, so there only names of several words can be told. In scripts without capitals
nothing is a name by its form but runs of Katakana, which writes names from elsewhere.
"""

import re
from collections.abc import Iterator

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ\u0370-\u03ff\u0430-\u045f\u0590-\uffff](?:[\w&-]*\w)?"
_NAME = re.compile(rf"(?<![\w'’-]){_CAPITAL}(?:(?:\s+(?:of|the|de|la|von|van|der)){{0,2}}[\s]+{_CAPITAL})*")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}(?:・[\u30a1-\u30fa\u30fc]{2,})*")
_BEFORE = re.compile(r"(?:\A|[.!?:;•|\n])[\s\"'“”‘’„«»(\[*_]*\Z")
_WORD = re.compile(r"\w+(?:[&-]\w+)*")
_SMALL = frozenset("of the de la von van der".split())


def names(words: str, *, nouns_have_capitals: bool = False) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name as it stands, and its words in small letters."""
    for found in _NAME.finditer(words):
        parts = [part for part in _WORD.findall(found[0]) if part not in _SMALL]
        name = found[0]
        if _BEFORE.search(words[: found.start()]) and not _is_capital_within(parts[0]):
            # The first word of a sentence may be any.
            name, parts = name[name.find(parts[0]) + len(parts[0]) :].strip(), parts[1:]
        single = len(parts) == 1 and not _is_capital_within(parts[0])
        if parts and not (nouns_have_capitals and single) and parts != ["I"]:
            yield name, tuple(part.casefold() for part in parts)
    for found in _KATAKANA.finditer(words):
        yield found[0], (found[0],)


def _is_capital_within(word: str) -> bool:
    """Such as EU, iPhone, McDonald or B2."""
    return any(letter.isupper() or letter.isdigit() for letter in word[1:])
