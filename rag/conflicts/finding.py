"""What the sources of an answer disagree in: the words around its footnotes beside each other, and beside passages that
were found but are not cited."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from rag.conflicts.about import about, lower_words
from rag.conflicts.claim import Claim
from rag.conflicts.claims import claims
from rag.conflicts.comparing import Disagreement, disagreements
from rag.conflicts.families import Named, newer_sibling, says_it_is_over
from rag.ingest.sentences import sentences
from rag.types import Citation, Passage
from store.records import ConflictRecord

AT_MOST = 4  # an answer's: more would be noise
LONGEST = 400  # characters of the words kept of each


@dataclass(frozen=True, slots=True)
class Source:
    """A text with what it claims, and the number of the footnote it stands behind; None: it is not cited."""

    number: int | None
    document_id: int
    title: str
    text: str
    claims: tuple[Claim, ...]
    quoted: tuple[Claim, ...] = ()  # those of them in the very words of the footnote


def disagreeing(citations: Sequence[Citation], passages: Sequence[Passage]) -> list[ConflictRecord]:
    """Figures and dates in which cited words disagree with other cited ones, then with passages that are not cited.

    Words of one document are not compared with each other: it tells its own exceptions. Sentences beside the quoted
    ones are told only where those of the same two documents agree; the same figures once.
    """
    lowered = lower_words([passage.text for passage in passages])
    claimed = {passage.number: claims(passage.text, sentences, lowered) for passage in passages}
    cited = [source for one in citations for source in _around(one, passages, claimed)]
    quoted = [replace(source, claims=source.quoted) for source in cited]
    numbered = {source.document_id for source in cited}
    others = [
        Source(None, one.document_id, one.document, one.text, tuple(claimed[one.number]))
        for one in passages
        if one.document_id not in numbered
    ]
    found: dict[frozenset[str], ConflictRecord] = {}
    for pairs in (combinations(quoted, 2), combinations(cited, 2), product(quoted, others)):
        told = {frozenset((one.document_id, one.other_id)) for one in found.values()}
        said = {value for values in found for value in values}
        for one, other in pairs:
            if one.document_id == other.document_id or frozenset((one.document_id, other.document_id)) in told:
                continue
            for each in disagreements(one.claims, other.claims, _neutral(one.title, other.title)):
                if other.number is not None or each.one.words not in said:
                    found.setdefault(frozenset((each.one.words, each.other.words)), _record(one, other, each))
    return list(found.values())[:AT_MOST]


def older(
    citations: Sequence[Citation],
    documents: Sequence[Named],
    siblings: Sequence[Named],
    *,
    today: date,
) -> list[ConflictRecord]:
    """Cited documents that a newer one of their family replaces, or that say themselves that they do not hold any more.

    A newer one that is cited as well is told as the other side.
    """
    first = {one.document_id: one for one in reversed(citations)}
    found = []
    for document in documents:
        if (citation := first.get(document.id)) is None:
            continue
        newer = newer_sibling(document, siblings)
        said = says_it_is_over(document.head, today)
        if newer:
            other = first.get(newer.id)
            where = f"[{other.number}] is" if other else f"there is “{newer.title}”,"
            why = f"[{citation.number}] is from “{document.title}”; {where} newer."
            number = other.number if other else None
            found.append(
                ConflictRecord(
                    "older", citation.number, number, citation.quote[:LONGEST], "", document.id, newer.id, why
                )
            )
        elif said:
            why = f"[{citation.number}] is from “{document.title}”, which says of itself: “{said}”."
            found.append(
                ConflictRecord("older", citation.number, None, citation.quote[:LONGEST], said, document.id, None, why)
            )
    return found


def _around(citation: Citation, passages: Sequence[Passage], claimed: dict[int, list[Claim]]) -> Iterator[Source]:
    """The claims of the quoted sentences and of those right beside them."""
    for passage in passages:
        low, high = citation.start - passage.start, citation.end - passage.start
        if passage.document_id != citation.document_id or not 0 <= low < len(passage.text):
            continue
        spans = sentences(passage.text)
        quoted = [at for at, (start, end) in enumerate(spans) if start < high and end > low]
        if quoted:
            start, end = spans[max(0, quoted[0] - 1)][0], spans[min(len(spans) - 1, quoted[-1] + 1)][1]
            near = tuple(one for one in claimed[passage.number] if start <= one.start < end)
            within = tuple(one for one in near if one.start < high and one.end > low)
            yield Source(citation.number, citation.document_id, citation.document, passage.text, near, within)
            return


def _neutral(title: str, other: str) -> frozenset[str]:
    """What tells two documents apart, such as years and versions, and what the titles of both have."""
    here, there = about(title, frozenset())[0], about(other, frozenset())[0]
    return (here & there) | {stem for stem in here | there if any(letter.isdigit() for letter in stem)}


def _record(one: Source, other: Source, found: Disagreement) -> ConflictRecord:
    sides = [(one, found.one), (other, found.other)]
    newer = found.newer if found.newer is not None else _newer_title(one.title, other.title)
    if other.number is not None and one.number is not None and other.number < one.number:
        sides, newer = sides[::-1], None if newer is None else 1 - newer
    (first, mine), (second, theirs) = sides
    who = f"[{second.number}]" if second.number is not None else f"“{second.title}”"
    marks = [" (newer)" if newer == at else "" for at in (0, 1)]
    said = [" ".join(claim.words.split()) for claim in (mine, theirs)]
    return ConflictRecord(
        kind=mine.kind,
        first=first.number or 0,
        second=second.number,
        first_words=first.text[mine.start : mine.end][:LONGEST],
        second_words=second.text[theirs.start : theirs.end][:LONGEST],
        document_id=first.document_id,
        other_id=second.document_id,
        why=f"[{first.number}] says {said[0]}{marks[0]}, {who} says {said[1]}{marks[1]}.",
    )


def _newer_title(title: str, other: str) -> int | None:
    newer = (
        newer_sibling(Named(0, "", title), [Named(1, "", other)]),
        newer_sibling(Named(1, "", other), [Named(0, "", title)]),
    )
    return 1 if newer[0] else 0 if newer[1] else None
