"""Telephone numbers of many countries, by their form and by the words around them.

Lists of the numbers that are in use would be surer, but weigh 48 MB and know no made-up number, see decision 12.
"""

import re
from collections.abc import Iterator

from guards.personal.seen import Seen, digits, near_digits, words

_GAP = r"[ .\-/()\u00a0\u2011]{0,2}"
_ABROAD = re.compile(rf"(?<![\w+.])(?:\(?\+|00(?=[1-9]))\(?\d(?:{_GAP}\d){{6,14}}(?!\d)")
_EXTENSION = r"(?: ?(?:x|ext\.?|extension) ?\d{1,5})?"
_AMERICAN = re.compile(
    r"(?<![\w.\-/+$€£])(?:1[ .-])?(?:\([2-9]\d\d\)[ -]?|[2-9]\d\d[.-])[2-9]\d\d[ .-]\d{4}"
    rf"{_EXTENSION}(?![\w%]|[.,/-]\d)"
)
_LEADING_ZERO = re.compile(r"(?<![\w.\-/+$€£])(?<!\d,)\(?0[1-9]\d{0,3}\)?(?:[ .\-/]\d{2,8}){1,5}(?![\w%]|[.,/-]\d)")
_ANY = re.compile(r"(?<![\w.\-/+$€£])(?<!\d,)\(?\d(?:[ .\-/()]{0,2}\d){5,13}(?![\w%]|[.,/-]\d)")
_CALLED = words(
    "(?:tele)?phones?|tel|tél|cell|cellphone|mobile|fax|calls?|called|dial|desk|office|whatsapp|sms|text (?:me|us)",
    "ring|hotline|answer(?:ing|s|ed)?(?: at| on)?|reach (?:me|us|him|her|them)(?: at| on| under)?|phone numbers?",
    "contact numbers?|(?:my|your|his|her) number|registered(?: number)?|mobil|handy|telefon|telefonnummer|rufnummer",
    "anrufen|téléphone|portable|telefono|teléfono|móvil|cellulare|telefone|celular|telefoon|puhelin|nummer",
)
_OTHERWISE = words(  # what a number is called besides, and is then no telephone's
    "account|acct|card|code|id|ssn|security|passport|licen[cs]e|iban|order|invoice|ticket|case|zip|postcode",
    "reference|ref|tracking|serial|model|box|room|page|year",
)
_BEHIND = re.compile(r"[\s,-]{1,3}\(?(?:office|mobile|cell|fax|home|work|phone|desk)\b", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d")
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ /-]{1,3}){1,3}(?:19|20)\d\d")
_CALLED_WITHIN = 28


def phones(text: str) -> Iterator[Seen]:
    """Numbers with a country's code, in the forms of North America, with a leading zero, or called a telephone's."""
    for part in near_digits(text, least=6, before=4, after=12):
        yield from _written(text, part)
        yield from _called(text, part)


def _written(text: str, part: tuple[int, int]) -> Iterator[Seen]:
    for found in _ABROAD.finditer(text, *part):
        if _has_number(found[0], 7) and not _is_sum(found[0]):
            yield _seen(text, found, 0.95, "It is a telephone number with the code of a country.")
    for found in _AMERICAN.finditer(text, *part):
        yield _seen(text, found, 0.9, "It has the form of a telephone number.")
    for found in _LEADING_ZERO.finditer(text, *part):
        if 8 <= len(digits(found[0])) <= 12 and not _DATE.fullmatch(found[0]):
            yield _seen(text, found, 0.6, "It has the form of a telephone number.")


def _called(text: str, part: tuple[int, int]) -> Iterator[Seen]:
    for found in _ANY.finditer(text, *part):
        if _has_number(found[0], 6) and not _is_other(found[0]) and _is_called(text, found):
            yield _seen(text, found, 0.9, "The text calls it a telephone number.")


def _seen(text: str, found: re.Match[str], sure: float, why: str) -> Seen:
    start, end = found.span()
    if text[start] == "(" and ")" not in found[0]:
        start += 1
    return Seen("phone", start, end, sure, why)


def _has_number(said: str, least: int) -> bool:
    return least <= len(digits(said)) <= 15 and len(set(digits(said))) > 1


def _is_called(text: str, found: re.Match[str]) -> bool:
    """Whether the words beside it call it a telephone's; what is said last counts."""
    if _BEHIND.match(text, found.end()):
        return True
    said = [one.end() for one in _CALLED.finditer(text, max(found.start() - _CALLED_WITHIN, 0), found.start())]
    return bool(said) and not _OTHERWISE.search(text, said[-1], found.start())


def _is_sum(said: str) -> bool:
    """Whether these are numbers with fractions, such as +12.5 13.5 14.2."""
    return bool(re.search(r"\.\d(?!\d)", said))


def _is_other(said: str) -> bool:
    return bool(_DATE.fullmatch(said) or _YEARS.fullmatch(said)) or _is_sum(said)
