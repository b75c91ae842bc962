"""A sheet's values as a person sees them: by their number format, with dates in ISO form.

Covers what office files hold in practice: decimals, thousands, percentages, currencies, units, dates, durations.
Fractions, exponents and conditions by size fall back to the plain number.
"""

import re
from datetime import date, datetime, time, timedelta

_SECTION = re.compile(r"((?:\"[^\"]*\"|\\.|\[[^\]]*\]|[^;\"\\\[])*)(?:;|$)")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([0#?]*))?")
_MARK = "\x00"  # stands for literal words while the digits are looked for: they may hold digits too


def shown(value: object, number_format: str = "General") -> str:
    """`value` in words; nothing for an empty cell. Numbers keep the decimals their format asks for."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        return _duration(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment(value: datetime) -> str:
    if value.time() == time():
        return value.date().isoformat()
    return value.isoformat(" ", "seconds" if value.second else "minutes")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _plain(value: float) -> str:
    """As the General format shows a number: eleven digits, no exponent for what people write out."""
    text = f"{value:.11g}"
    if "e" in text and abs(value) < 1e16:
        text = f"{value:.15f}".rstrip("0").rstrip(".")
    return text


def _number(value: float, number_format: str) -> str:
    if number_format == "General":
        return _plain(value)
    section, negative = _section_for(value, number_format)
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or match[2] or match[3] or "")
        return _MARK

    pattern = _LITERAL.sub(keep, section)
    digits = _DIGITS.search(pattern)
    if digits is None or "/" in pattern or "E" in pattern.replace("General", ""):
        return _plain(value)
    amount = value * 100 ** pattern.count("%")
    text = _rounded(abs(amount) if negative else amount, digits)
    shape = pattern[: digits.start()] + "\x01" + pattern[digits.end() :]
    words = iter(literals)
    return "".join(next(words) if mark == _MARK else text if mark == "\x01" else mark for mark in shape).strip()


def _section_for(value: float, number_format: str) -> tuple[str, bool]:
    """The part of the format for this value, and whether that part writes the minus itself."""
    sections = [match[1] for match in _SECTION.finditer(number_format)][: number_format.count(";") + 1]
    if value < 0 and len(sections) > 1 and sections[1]:
        return sections[1], True
    if value == 0 and len(sections) > 2 and _DIGITS.search(sections[2]):
        return sections[2], False
    return sections[0] if sections else "General", False


def _rounded(amount: float, digits: re.Match[str]) -> str:
    decimals = digits[1] or ""
    grouped = "," if re.search(r"[#0?],[#0?]", digits[0]) else ""
    text = f"{amount:{grouped}.{len(decimals)}f}"
    optional = len(decimals) - len(decimals.rstrip("#?"))
    for _ in range(optional):
        if text.endswith("0"):
            text = text[:-1]
    text = text.rstrip(".") if decimals else text
    whole = digits[0].split(".")[0].replace(",", "")
    return text.zfill(whole.count("0")) if "#" not in whole and not grouped else text
