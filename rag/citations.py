"""From a writer's `[n]` and quotes to footnotes that were found word for word in their source.

Writers number by passage; readers see footnotes numbered in the order in which they appear. The numbering grows
while the text streams and never changes for what is already shown. Numbers that point to no passage are left out at
once; those whose quote is not found are left out when the whole answer is there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from guards.quotes import locate
from guards.schema import Citation as Claim
from guards.schema import Draft
from rag.ingest.sentences import sentences
from rag.types import Citation, Passage

# Code first: an index of a list is no footnote.
_MARKS = re.compile(
    r"(?P<code>```.*?(?:```|\Z)|`[^`\n]+`)|(?<![ \t])[ \t]*\[(?P<mark>\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]", re.DOTALL
)
_NUMBER = re.compile(r"\d+")
# The end of a text that may still become a mark or a fence.
_FORMING = re.compile(r"(?<![ \t])[ \t]*\[[\d,;\s]{0,12}\Z|(?<![ \t])[ \t]+\Z|`{1,2}\Z")
_CODE_IN_LINE = re.compile(r"`[^`\n]+`|(?P<open>`[^`\n]*\Z)")
_FENCE = "```"
SUPPORTING = 75  # of 100: how alike a sentence and its source are when the writer had no time to quote


class Numbering:
    """Gives footnote numbers to passage numbers as they come by in a growing text."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._known = {passage.number for passage in passages}
        self._held = ""
        self._fenced = False
        self.numbers: dict[int, int] = {}  # passage number → footnote number

    def feed(self, delta: str) -> str:
        """The text that can be shown after this much more of it; a mark in the making is held back."""
        shown, text = "", self._held + delta
        while _FENCE in text:
            piece, text = text.split(_FENCE, 1)
            shown += (piece if self._fenced else self.renumber(piece)) + _FENCE
            self._fenced = not self._fenced
        cut = self._forming(text)
        self._held = text[cut:]
        return shown + (text[:cut] if self._fenced else self.renumber(text[:cut]))

    def rest(self) -> str:
        """What was held back, once nothing more comes."""
        text, self._held = self._held, ""
        return text if self._fenced else self.renumber(text)

    def _forming(self, text: str) -> int:
        starts = [found.start() for found in (_FORMING.search(text),) if found]
        if not self._fenced:
            code = _CODE_IN_LINE.finditer(text)
            starts += [found.start() for found in code if found["open"] or found.end() == len(text)]
        return min(starts, default=len(text))

    def renumber(self, text: str) -> str:
        return _MARKS.sub(self._shown, text)

    def _shown(self, mark: re.Match[str]) -> str:
        if mark["code"]:
            return mark[0]
        passages = [int(number) for number in _NUMBER.findall(mark["mark"])]
        shown = (self.numbers.setdefault(n, len(self.numbers) + 1) for n in passages if n in self._known)
        return "".join(f" [{number}]" for number in dict.fromkeys(shown))


@dataclass(frozen=True, slots=True)
class Cited:
    """A finished text and its footnotes: every number in the text has at least one, and the other way round."""

    text: str
    citations: tuple[Citation, ...]
    cuts: tuple[int, ...] = ()  # where the places asked for stand in it

    @property
    def quotes(self) -> tuple[tuple[int, str], ...]:
        """The words found for each number of the text."""
        return tuple((citation.number, citation.quote) for citation in self.citations)


def settled(text: str) -> str:
    """A text that broke off, without the mark or fence that was in the making."""
    return _FORMING.sub("", text).rstrip()


def unmarked(text: str) -> str:
    """A text without its footnote numbers, which mean nothing to who reads it beside other passages."""
    return _MARKS.sub(lambda mark: mark["code"] or "", text)


def renumbered(text: str, numbers: Mapping[int, int]) -> str:
    """The text with other numbers in its marks; those without one are left out."""

    def changed(mark: re.Match[str]) -> str:
        new = (numbers[n] for n in map(int, _NUMBER.findall(mark["mark"] or "")) if n in numbers)
        return mark["code"] or "".join(f" [{number}]" for number in dict.fromkeys(new))

    return _MARKS.sub(changed, text)


def cite(draft: Draft, passages: Sequence[Passage], cuts: Sequence[int] = ()) -> Cited:
    """The draft's text with footnotes for the quotes that stand in their passages, and without marks for the rest.

    `cuts` are places in the draft's text; they are told where they stand in the finished one.
    """
    by_number = {passage.number: passage for passage in passages}
    found: dict[int, list[tuple[int, int]]] = {}
    for claimed in draft.citations:
        passage = by_number.get(claimed.passage)
        span = locate(claimed.quote, passage.text) if passage else None
        if span and span not in found.setdefault(claimed.passage, []):
            found[claimed.passage].append(span)
    return _number(draft.answer, {n: spans for n, spans in found.items() if spans}, by_number, cuts)


def claimed(text: str, claims: Sequence[Claim]) -> str:
    """The text with those marks only that are among the claims."""
    known = {claim.passage for claim in claims}

    def kept(mark: re.Match[str]) -> str:
        return mark["code"] or "".join(f" [{n}]" for n in map(int, _NUMBER.findall(mark["mark"])) if n in known)

    return _MARKS.sub(kept, text)


def claim_sources(text: str, passages: Sequence[Passage]) -> list[Claim]:
    """Quotes for a text that broke off before it gave any: each mark gets the words its own sentence is most like."""
    by_number = {passage.number: passage for passage in passages}
    marked = _marks_inside(text)
    claims = []
    for start, end in sentences(marked):
        sentence = marked[start:end]
        for number in _numbers(sentence):
            quote = _most_alike(unmarked(sentence), by_number[number].text) if number in by_number else ""
            if quote:
                claims.append(Claim(passage=number, quote=quote))
    return claims


def _number(
    text: str, found: Mapping[int, Sequence[tuple[int, int]]], by_number: Mapping[int, Passage], cuts: Sequence[int]
) -> Cited:
    numbering = Numbering([by_number[n] for n in found])
    whole = numbering.renumber(text)
    shown = whole.strip()
    before = len(whole) - len(whole.lstrip())
    places = (len(numbering.renumber(text[:cut])) - before for cut in cuts)  # numbers are given already
    citations = [
        _citation(footnote, by_number[number], span)
        for number, footnote in numbering.numbers.items()
        for span in found[number]
    ]
    return Cited(shown, tuple(citations), tuple(min(max(place, 0), len(shown)) for place in places))


def _citation(number: int, passage: Passage, span: tuple[int, int]) -> Citation:
    start, end = span
    place = passage.place(passage.start + start)
    return Citation(
        number=number,
        quote=passage.text[start:end],
        document_id=passage.document_id,
        document=passage.document,
        section=place.section,
        page=place.page,
        start=passage.start + start,
        end=passage.start + end,
        version=passage.version,
    )


def _numbers(text: str) -> list[int]:
    return [int(number) for mark in _MARKS.finditer(text) for number in _NUMBER.findall(mark["mark"] or "")]


def _marks_inside(text: str) -> str:
    """Marks moved before the full stop they follow, so that they belong to their sentence."""
    return re.sub(r"([.!?])((?:[ \t]*\[[\d,;\s]+\])+)", r"\2\1", text)


def _most_alike(sentence: str, source: str) -> str:
    rated = [(fuzz.token_set_ratio(sentence, source[start:end]), source[start:end]) for start, end in sentences(source)]
    score, quote = max(rated, default=(0.0, ""))
    return quote if score >= SUPPORTING else ""
