"""Numbers of persons: told by form and check digits, and where those say little, by the words around them."""

import re
from collections.abc import Iterator

from guards.personal.checksums import is_valid
from guards.personal.schemes import SCHEMES, Scheme
from guards.personal.seen import Seen, holds, near_digits, says

CALLED = 0.95  # how sure a number with right check digits is where a word names it
_NEVER_GIVEN_OUT = ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")  # first letters in the UK
_NUMBERED = (
    r"(?:passport|driver['’]?s?['’]? licen[cs]e|driving licen[cs]e|licen[cs]e number|\bDL\b|social security|ssn|"
    r"tax[ -]?(?:payer )?(?:id|identification)|\btin|\bpan(?: card)?|aadh?aa?r|national id(?:entity)?|identity card|"
    r"id card|ausweis|personalausweis|reisepass|passeport|pasaporte|medicare|tribal id|patient id|user id|employee id|"
    r"person id|identification)"
)
_NUMBERS = (  # what _NUMBERED cannot do without
    "passport", "licen", "dl", "social security", "ssn", "tax", "tin", "pan", "aad", "national id", "identity card",
    "id card", "ausweis", "reisepass", "passeport", "pasaporte", "medicare", "tribal id", "patient id", "user id",
    "employee id", "person id", "identification",
)  # fmt: skip
_LABELLED = re.compile(
    rf"(?<!\w){_NUMBERED}(?: ?(?:id|card|details|number|numbers|no|num|nr|n°|#|is|was|are|and)\b\.?){{0,4}}"
    r"[ :#='\"“‘(-]{0,4}(?:DL: ?)?"
    r"(?P<number>(?=[A-Z0-9-]{0,15}\d{3})[A-Za-z0-9][A-Za-z0-9-]{4,22}[A-Za-z0-9])(?!\w)",
    re.IGNORECASE,
)


def national_ids(text: str) -> Iterator[Seen]:
    """Numbers whose check digits are right, and whatever the text calls a passport's, a licence's or the like."""
    for least, schemes in SCHEMES.items():
        for part in near_digits(text, least=least, before=16, after=3):
            for scheme in schemes:
                yield from _built_like(scheme, text, part)
    for part in near_digits(text, least=3, before=80, after=24) if holds(text, _NUMBERS) else ():
        for found in _LABELLED.finditer(text, *part):
            start, end = found.span("number")
            yield Seen("national id", start, end, 0.75, "The text calls it the number of a person's paper or file.")


def _built_like(scheme: Scheme, text: str, part: tuple[int, int]) -> Iterator[Seen]:
    for found in scheme.form.finditer(text, *part):
        if _is_right(scheme, found[0]):
            sure = max(scheme.alone, CALLED) if says(scheme.called, text, found.start()) else scheme.alone
            why = f"It is built like a number by which {scheme.of} knows a person."
            yield Seen("national id", found.start(), found.end(), sure, why)


def _is_right(scheme: Scheme, number: str) -> bool:
    if not scheme.check:
        return number[:2] not in _NEVER_GIVEN_OUT and number[0] not in "DFIQUV" and number[1] not in "DFIQUVO"
    return is_valid(scheme.check, number)
