"""Close copies of a quote in a folded text: slips of the hand pass, another meaning does not."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from guards.folding import glued

CLOSE = 90.0  # rapidfuzz's ratio, 0 to 100
SHORTEST, LONGEST = 20, 1_000  # characters: shorter and longer quotes must stand word for word
SLACK = 10.0  # how far below that the first, rough alignment may lie
ALIKE = 80.0  # ratio of two words, or runs of words, that may stand for each other
LITTLE = 3  # letters: a quote may hold a word this short too many, such as "the"

_WORD = re.compile(r"(?<!\S)-?\d+(?:[.,:/\-]\d+)*|\d+(?:[.,:/\-]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[%$€£¥°]")
# Words that turn a sentence round or count: a copy may neither drop nor add one.
_WEIGHTY = re.compile(
    "not|no|nor|never|none|neither|nothing|without|cannot|except|unless|only|.*n't"
    "|nicht|kein|keine[mnrs]?|nie|niemals|ohne|ausser|nur|ne|pas|sans|non|jamais|sin|nunca"
    "|zero|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|billion|trillion"
)
_TURNING = re.compile("un|non|in|im|ir|il|dis|a|anti|mis|de")


def align(words: str, text: str) -> tuple[int, int] | None:
    """The span in folded `text` of the closest copy of folded `words`, or None when none is close enough."""
    if not SHORTEST <= len(words) <= LONGEST or not text:
        return None
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=CLOSE - SLACK) if len(words) < len(text) else None
    near = (found.dest_start, found.dest_end) if found else (0, len(text))
    score, start, end = max(_candidates(words, text, *near), default=(0.0, 0, 0))
    if score < CLOSE or not same_sense(words, text[start:end]):
        return None
    return start, end


def _candidates(words: str, text: str, start: int, end: int) -> Iterator[tuple[float, int, int]]:
    """Score, start and end of the whole-word spans about an alignment, which is never longer than the quote."""
    reach = min(max(8, len(words) // 10), 40)
    starts = _edges(text, start - reach, start + reach)
    ends = _edges(text, end - reach, end + reach)
    for first in starts:
        if first < len(text) and (text[first].isalnum() or text[first] == words[0]):
            for last in ends:
                if last > first and (text[last - 1].isalnum() or text[last - 1] == words[-1]):
                    yield fuzz.ratio(words, text[first:last]), first, last


def _edges(text: str, start: int, end: int) -> list[int]:
    """The places from `start` to `end` that do not cut a word."""
    return [at for at in range(max(start, 0), min(end, len(text)) + 1) if not glued(text, at)]


def same_sense(quote: str, words: str) -> bool:
    """Whether two texts that look alike also say the same: numbers and negations as they were, words alike.

    The source may hold a number or a word the quote left out (a page number between two lines), not the reverse.
    """
    ours, theirs = _WORD.findall(quote), _WORD.findall(words)
    return all(_may_stand_for(a, b) for a, b in _differences(ours, theirs))


def _differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The runs of words in which the two differ, side by side."""
    left: list[str] = []
    right: list[str] = []
    for step in Levenshtein.opcodes(ours, theirs):
        if step.tag != "equal":
            left += ours[step.src_start : step.src_end]
            right += theirs[step.dest_start : step.dest_end]
        elif left or right:
            yield left, right
            left, right = [], []
    if left or right:
        yield left, right


def _may_stand_for(ours: list[str], theirs: list[str]) -> bool:
    """Whether these words of a quote may stand for those of the source."""
    numbers = iter([word for word in theirs if not word[0].isalpha()])
    if not all(word in numbers for word in ours if not word[0].isalpha()):
        return False
    if _weighty(ours) != _weighty(theirs):
        return False
    left, right = ([word for word in words if word[0].isalpha()] for words in (ours, theirs))
    a, b = "".join(left), "".join(right)
    if not a or a == b:
        return True
    if not b:
        return len(a) <= LITTLE
    pairs = zip(left, right, strict=True) if len(left) == len(right) else [(a, b)]
    return fuzz.ratio(a, b) >= ALIKE and not any(_opposed(*pair) for pair in pairs)


def _opposed(one: str, other: str) -> bool:
    """Whether one word is the other with a prefix that turns it round: refundable, nonrefundable."""
    shorter, longer = sorted((one, other), key=len)
    return longer.endswith(shorter) and _TURNING.fullmatch(longer.removesuffix(shorter)) is not None


def _weighty(words: list[str]) -> list[str]:
    """The words that must stay as they are."""
    return [word for word in words if _WEIGHTY.fullmatch(word)]
