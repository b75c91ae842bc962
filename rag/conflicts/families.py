"""Documents that take each other's place: the same name with another year or version, or words that say so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from guards.dates import moments

FEWEST = 4  # letters of a family's name
HEAD = 1_500  # characters of a document in which it says what became of it
_DAY = re.compile(r"\d{4}[-_. ]?\d{2}[-_. ]?\d{2}|\d{1,2}[-_. ]\d{1,2}[-_. ]\d{4}")
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_VERSION = re.compile(r"(?:v|ver|version|rev|r)?\d+(?:\.\d+)*", re.IGNORECASE)
_EDITION = frozenset(("v", "ver", "version", "rev", "revision", "edition", "ed", "final", "draft", "new", "old"))
# What comes out again and again, each for its own time: none replaces the one before.
_SERIES = frozenset(
    """minutes meeting meetings notes release releases report reports newsletter news changelog incident mortem
    invoice payslip statement statements protocol log logs agenda diary journal survey budget results quarter q1 q2
    q3 q4 january february march april may june july august september october november december protokoll
    bericht rechnung""".split()
)
_REPLACED = re.compile(
    r"\b(?:this|these) (?:document|policy|policies|version|page|guide|manual|edition|terms|rules|price list|procedure)"
    r"[^.;]{0,60}?\b(?:(?:was|were|is|are|has been|have been) (?:replaced|superseded|withdrawn)\b"
    r"|no longer (?:valid|in force|applies|apply)|(?:is|are) obsolete)[^.;\n]{0,80}"
    r"|^[ *#>]*(?:superseded|replaced) by\b[^.;\n]{0,80}|^[ *#>]*(?:obsolete|withdrawn)\b",
    re.IGNORECASE | re.MULTILINE,
)
_UNTIL = re.compile(r"\b(?:valid|in force|effective)\b[^.;\n]{0,40}?\b(?:until|till|through|to)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A document by its file name and title; `head` are its first words, where they are known."""

    id: int
    name: str
    title: str
    head: str = ""


def newer_sibling(document: Named, others: Sequence[Named]) -> Named | None:
    """The newest document of the same family that is newer than this one."""
    family, own = _edition(document)
    newer = [
        (theirs, other)
        for other in others
        if other.id != document.id and (found := _edition(other))[0] == family and len(theirs := found[1]) == len(own)
    ]
    newest = max(newer, key=lambda one: one[0], default=None) if family else None
    return newest[1] if newest and newest[0] > own else None


def says_it_is_over(text: str, today: date) -> str:
    """The words in which a document says itself that it does not hold any more; "" where it says nothing."""
    if found := _REPLACED.search(text):
        return " ".join(found[0].split()).lstrip("*#> ")
    for moment in moments(text):
        begin = _UNTIL.search(text, max(0, moment.start - 80), moment.start)
        if begin and moment.days and max(moment.days) < (today.year, today.month, today.day) and max(moment.days)[0]:
            return " ".join(text[begin.start() : moment.end].split())
    return ""


def begins_like(name: str) -> str:
    """The part of a file name that all of its family begin with; "" where it has no edition."""
    digit = re.search(r"\d", PurePath(name).stem)
    begin = name[: digit.start()] if digit else ""
    return begin.rstrip("vVr-_ .") if len(begin) >= FEWEST else ""


def edition(name: str) -> tuple[str, tuple[int, ...]] | None:
    """A name's family, and which of it: "leave-policy-2024.docx" is (2024,) of "leave policy"."""
    stem = PurePath(name).stem if re.search(r"\.\w{2,5}\Z", name) else name
    if _DAY.search(stem):
        return None
    tokens = [token.casefold() for token in _TOKEN.findall(stem)]
    if _SERIES & set(tokens):
        return None
    years = [int(token) for token in tokens if _YEAR.fullmatch(token)]
    versions = [token for token in tokens if _VERSION.fullmatch(token) and not _YEAR.fullmatch(token)]
    kept = [token for token in tokens if not _VERSION.fullmatch(token) and token not in _EDITION]
    marked = bool(set(tokens) & _EDITION) or any(token[0] in "vr" or "." in token for token in versions)
    if not years and not (versions and marked):
        return None  # a number alone may be a product's
    family = " ".join([*kept, *([] if marked else versions)])
    numbers = [int(part) for token in versions if marked for part in re.findall(r"\d+", token)]
    return (family, (*years, *numbers)) if len(family) >= FEWEST else None


def _edition(document: Named) -> tuple[str, tuple[int, ...]]:
    return edition(document.name) or edition(document.title) or ("", ())
