"""Dates of birth: a date is one only where the text says so, and where the person may still be alive."""

import re
from collections.abc import Iterator

from guards.personal.seen import Seen, holds, words

OLDEST = 1905  # whoever was born before is no longer alive
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|februar|märz|mai|juni|juli|okt|dez|janvier|février|mars|avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|octubre|noviembre|diciembre)"
    r"[a-z]{0,6}\.?"
)
_DATE = re.compile(
    rf"\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|\d{{1,2}}[-./ ]\d{{1,2}}[-./ ](?:\d{{4}}|\d\d)|"
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)?(?: of| de)? {_MONTH},?(?: de)? \d{{4}}|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
    re.IGNORECASE,
)
_SAID = words(
    r"date of birth|birth ?date|birthday|d\.?o\.?b\.?|born|geboren|geburtsdatum|geb\.|née?|date de naissance",
    r"fecha de nacimiento|nacid[oa]|nat[oa]|data di nascita|data de nascimento|nascid[oa]|geboortedatum|född|født",
)
_SAYS = (  # what _SAID cannot do without
    "birth", "d.o", "do.b", "dob", "born", "geb", "né", "naissance", "naci", "nato", "nata", "nascid", "data d", "född",
    "født", "fecha",
)  # fmt: skip
_BETWEEN = 24  # characters between these words and the date
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def births(text: str) -> Iterator[Seen]:
    """Whole dates that follow words such as "born on"."""
    for said in _SAID.finditer(text) if holds(text, _SAYS) else ():
        found = _DATE.search(text, said.end(), said.end() + _BETWEEN + 30)
        if found and found.start() - said.end() <= _BETWEEN and not _is_long_ago(found[0]):
            yield Seen("date of birth", found.start(), found.end(), 0.85, "The text says that somebody was born then.")


def _is_long_ago(date: str) -> bool:
    year = _YEAR.search(date)
    return year is not None and int(year[0]) < OLDEST
