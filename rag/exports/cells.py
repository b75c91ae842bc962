"""CSV that spreadsheets read as data and nothing else, and JSON lines that every reader cuts in the same places."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of its machine
# A cell that begins so is a formula to Excel, LibreOffice or Google Sheets: OWASP, "CSV Injection". Blanks before it
# are dropped by some of them, the wide signs are taken for the narrow ones.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no text: some readers end at them
_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}  # some readers begin a new line there


def csv_lines(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterable[str]:
    """A head and a line for each row, ends with CR LF. Numbers stay numbers; lists and mappings become JSON."""
    yield BOM + _line(columns)
    for row in rows:
        yield _line([_cell(row[column]) for column in columns])


def json_line(value: object) -> str:
    """A line of JSON; halves of characters are replaced, which UTF-8 has no bytes for."""
    return whole(json.dumps(value, ensure_ascii=False)).translate(_BREAKS) + "\n"


def whole(text: str) -> str:
    """The text with a mark for each half of a character."""
    return _SURROGATE.sub("\ufffd", text)


def inert_cell(text: str) -> str:
    """The text as a cell that no spreadsheet calculates: with an apostrophe before what would begin a formula."""
    clean = _UNSEEN.sub("", whole(text)).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{clean}" if _FORMULA.match(clean) else clean


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return value
        case str():
            return inert_cell(value)
        case list() | tuple() if all(isinstance(one, str) for one in value):
            return inert_cell("; ".join(value))
        case list() | tuple() | dict():
            return inert_cell(json.dumps(value, ensure_ascii=False)) if value else ""
        case _:
            return inert_cell(str(value))


def _line(cells: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
