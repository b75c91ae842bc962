"""What a model should have said: an answer's text as the reply that its writer was asked for, over its passages."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from guards.guard import Context
from guards.rules import RULES, markers
from guards.schema import Citation, Draft
from rag.citations import renumbered
from rag.types import Passage, Place
from store.records import CitationRecord, Spoken


class Dropped(Exception):
    """This answer teaches nothing, or what it should not; the message is the reason, as the manifest counts it."""


def passages(spoken: Spoken, texts: Mapping[tuple[int, int, int, int], str], closed: set[int]) -> tuple[Passage, ...]:
    """The passages of an answer with their words, numbered anew. Raises Dropped when a cited one is gone.

    `texts` are the words by document, start, end and version. What may not answer any more, and is not cited, is left
    out.
    """
    found: list[Passage] = []
    for kept in spoken.passages:
        text = "" if closed & set(kept["chunk_ids"]) else texts.get(place_of(kept), "")
        if text:
            found.append(_passage(kept, len(found) + 1, text))
        elif any(_within(citation, kept) for citation in spoken.citations):
            raise Dropped("a passage it cites is gone or held back")
    if not found:
        raise Dropped("none of its passages is left")
    return tuple(found)


def place_of(kept: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """Where the words of a passage stand: document, start, end, version."""
    return kept["document_id"], kept["start"], kept["end"], kept.get("version", 1)


def draft(text: str, spoken: Spoken, given: Sequence[Passage], *, answerable: bool, flawless: bool = True) -> Draft:
    """The reply with this text, its numbers those of the passages. Raises Dropped when it would be no good example.

    `flawless`: it has to pass the validation of answers; what is shown as the worse one need not.
    """
    numbers: dict[int, int] = {}
    for citation in spoken.citations:
        for passage in given:
            if _within(citation, asdict(passage)):
                numbers.setdefault(citation.number, passage.number)
    if set(markers(text)) - set(numbers):
        raise Dropped("a footnote of it points into none of its passages")
    shown = renumbered(text, numbers).strip()
    marked = set(markers(shown))
    cited = [
        Citation(passage=numbers[one.number], quote=one.quote)
        for one in spoken.citations
        if numbers.get(one.number) in marked
    ]
    made = Draft(answer=shown, citations=cited, answerable=answerable, follow_ups=list(spoken.follow_ups))
    beside = Context(passages=tuple(passage.text for passage in given))
    if flawless and any(problem for rule in RULES for problem in rule(made, beside)):
        raise Dropped("it would not pass the validation of answers")
    return made


def _within(citation: CitationRecord, kept: Mapping[str, Any]) -> bool:
    own = (citation.document_id, citation.version) == (kept["document_id"], kept.get("version", 1))
    return own and kept["start"] <= citation.start and citation.end <= kept["end"]


def _passage(kept: Mapping[str, Any], number: int, text: str) -> Passage:
    return Passage(
        number=number,
        chunk_ids=tuple(kept["chunk_ids"]),
        document_id=kept["document_id"],
        document=kept["document"],
        places=tuple(Place(place["start"], place["section"], place["page"]) for place in kept["places"]),
        start=kept["start"],
        end=kept["end"],
        text=text,
        relevance=kept["relevance"],
        version=kept.get("version", 1),
    )
