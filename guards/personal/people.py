"""Names of people, as well as they can be told without a model: by what stands before them, and by given names."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from guards.personal.seen import Seen, holds

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĘĚĞĢİŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽΑ-ΩА-Я"
_WORD = rf"[{_UPPER}](?:[^\W\d_]|['’\-](?=[^\W\d_])){{1,30}}"
_INITIAL = rf"[{_UPPER}]\.?(?=\s)"
_PARTICLE = r"(?:de la|de|del|della|di|da|dos|van der|van den|van|von|zu|al|el|bin|ben|ter|O)"
_SURNAME = rf"(?:{_PARTICLE} )?{_WORD}"
_FULL = rf"(?P<name>{_WORD}(?: (?:{_INITIAL}|{_SURNAME})){{0,3}})"
_TITLED = re.compile(
    rf"(?<!\w)(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Signora?|Sir)"
    rf"\b\.? {_FULL}"
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?:(?i:my name is|my name's|your (?:last |first )?name\?|signed(?: by)?|sincerely,?|regards,?|cheers,?|"
    r"dear|hi,? i['’]?a?m|hello,? i['’]?a?m|maiden name is|mein name ist|ich heisse|ich heiße|je m['’]appelle|me llamo|"
    r"mi chiamo|ask for|follow up with)|"
    r"(?i:employee|patient|customer|client|contact|account holder|attn|user|signed|author|"
    r"name on the account\?.{0,6}):)"
    rf"(?:[: ]{{1,3}}|(?<=,)\n{{1,2}}){_FULL}"
)
_INTRODUCES = (  # what _INTRODUCED cannot do without
    "name", "signed", "sincerely", "regards", "cheers", "dear", "hi i", "hi, i", "hello", "ich hei", "je m", "me llamo",
    "mi chiamo", "ask for", "follow up with", "employee:", "patient:", "customer:", "client:", "contact:", "holder:",
    "attn:", "user:", "author:",
)  # fmt: skip
_LABELLED = re.compile(
    rf"(?im:^[\W\d]{{0,8}}(?<!-)(?:full |first |last |sur|given |maiden )?name ?[:=])\s{{0,3}}{_FULL}"
)
_GIVEN_FIRST = re.compile(
    rf"(?<![\w'’-])(?P<given>{_WORD})(?P<rest>(?: (?:[{_UPPER}]\.))?(?: {_SURNAME}){{1,2}})(?![\w])"
)
# Words with a capital that begin sentences, or are no surname behind a given name.
_NO_NAME = frozenset(
    """the a an this that these those it its he she they we you i my your his her our their and or but if so not no
    yes please what when where which who why how is are was were will would can could should may do does did has
    have had be been being in on at by for from to of with as about after before during until since because
    while although however also then there here sir madam team all everyone both each every any some street st
    avenue road lane drive square park university college school church hospital institute foundation company
    corporation inc ltd llc gmbh bank group hotel airport river mountain lake island county city state north
    south east west january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday day prize award act law theorem museum library hall house
    bridge mr mrs ms miss mx dr prof professor sir id number no officer president mayor king queen prince saint
    apt apartment suite unit flat lodge park parks cliffs creek arbor investments partners group consulting way
    customer support service sales office department manager director board member staff human resources help
    desk""".split()
)


@cache
def given_names() -> frozenset[str]:
    """Given names, without accents, common in Europe, the Americas or Asia, and neither words nor places."""
    return frozenset((Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split())


def names(text: str) -> Iterator[Seen]:
    """Names behind a title or an introduction, and common given names with a surname."""
    for pattern, needs, sure, why in (
        (_TITLED, (), 0.85, "It follows a title, as people's names do."),
        (_INTRODUCED, _INTRODUCES, 0.7, "The words before it introduce a person."),
        (_LABELLED, ("name",), 0.85, "The text calls it a name."),
    ):
        for found in pattern.finditer(text) if not needs or holds(text, needs) else ():
            start, end = found.start("name"), _end(text, *found.span("name"))
            if end > start:
                yield Seen("name", start, end, sure, why)
    for found in _GIVEN_FIRST.finditer(text):
        if _plain(found["given"]) in given_names() and (end := _end(text, *found.span())) > found.end("given"):
            yield Seen("name", found.start(), end, 0.75, "It begins with a common given name.")


@lru_cache(4096)  # most words with a capital come again and again
def _plain(name: str) -> str:
    """A name without accents."""
    return "".join(
        sign for sign in unicodedata.normalize("NFD", name.replace("ł", "l").replace("ø", "o")) if sign.isalpha()
    )


def _end(text: str, start: int, end: int) -> int:
    """Where the name ends: before the first word that is none; `start` when it is none at all."""
    at = start
    for word in re.finditer(r"\S+", text[start:end]):
        if word[0].strip(".,'’").removesuffix("'s").removesuffix("’s").casefold() in _NO_NAME:
            break
        at = start + word.end()
    return at - 2 if text[max(at - 2, start) : at] in ("'s", "’s") else at
