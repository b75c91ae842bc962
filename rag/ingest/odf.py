"""What texts, sheets and slides of OpenDocument share: styles that hide, the words of a paragraph, rows of a table.

Bare lxml: odfpy builds a tree of its own ten times slower and knows no more of what is needed here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rag.ingest.compose import Composer
from rag.ingest.content import Unreadable
from rag.ingest.xml import Package, parsed

_SPACES = {
    "office": "office:1.0",
    "style": "style:1.0",
    "text": "text:1.0",
    "table": "table:1.0",
    "draw": "drawing:1.0",
    "fo": "xsl-fo-compatible:1.0",
    "svg": "svg-compatible:1.0",
    "presentation": "presentation:1.0",
}
_SMALLEST = 2.0  # points
MOST_COLUMNS = 256
_MOST_REPEATS = 200  # of one row that has words
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")


def tag(short: str) -> str:
    """`text:p` with its namespace."""
    prefix, _, name = short.partition(":")
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{_SPACES[prefix]}}}{name}"


P, H, SPAN, TABLE = tag("text:p"), tag("text:h"), tag("text:span"), tag("table:table")
_ROW, _CELL, _COVERED = tag("table:table-row"), tag("table:table-cell"), tag("table:covered-table-cell")
_ROW_GROUPS = frozenset(map(tag, ("table:table-header-rows", "table:table-row-group", "table:table-rows")))
_NOTE, _FRAME, _GAP = tag("text:note"), tag("draw:frame"), tag("text:s")
_DESCRIPTION = tag("svg:desc")  # what a picture shows, in words
_MARKS = {tag("text:tab"): "\t", tag("text:line-break"): "\n"}
_PASSED_OVER = frozenset(
    map(tag, ("office:annotation", "text:tracked-changes", "text:ruby-text", "text:note-citation"))
)


class OpenDocument:
    """An opened package with its styles."""

    def __init__(self, data: bytes, name: str) -> None:
        package = Package(data, name)
        manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package.parts else b""
        if b"encryption-data" in manifest:
            raise Unreadable("encrypted", f"{name} is protected by a password; remove it and add the file again.")
        if "content.xml" not in package.parts:
            raise Unreadable("damaged", f"{name} has no content; save or export it again.")
        self.content = parsed(package.read("content.xml"))
        meta = package.xml("meta.xml")
        self.title = "" if meta is None else meta.findtext(".//{http://purl.org/dc/elements/1.1/}title") or ""
        trees = [tree for tree in (package.xml("styles.xml"), self.content) if tree is not None]
        self._styles = {
            style.get(tag("style:name")): style for tree in trees for style in tree.iter(tag("style:style"))
        }

    def body(self, kind: str) -> Any:
        """The element with the content, `office:text` and the like. Raises `Unreadable` (damaged)."""
        body = self.content.find(f"{tag('office:body')}/{tag(kind)}")
        if body is None:
            raise Unreadable("damaged", "The document has no content of its kind; save or export it again.")
        return body

    def style_value(self, element: Any, attribute: str, properties: str, value: str) -> str:
        """The value of a property in the style that `attribute` names, or in the nearest one it is based on."""
        style = self._styles.get(element.get(tag(attribute)))
        for _ in range(20):
            if style is None:
                return ""
            found = style.find(tag(properties))
            if found is not None and found.get(tag(value)) is not None:
                return str(found.get(tag(value)))
            style = self._styles.get(style.get(tag("style:parent-style-name")))
        return ""

    def is_unseen(self, element: Any) -> bool:
        """Whether the element's style hides its words, or makes them tiny."""
        if self.style_value(element, "text:style-name", "style:text-properties", "text:display") in ("none", "true"):
            return True
        size = _POINTS.fullmatch(self.style_value(element, "text:style-name", "style:text-properties", "fo:font-size"))
        return size is not None and float(size[1]) <= _SMALLEST

    def words(self, paragraph: Any, composer: Composer) -> tuple[str, list[Any]]:
        """The paragraph's text, and the notes and frames anchored in it, which are read after it."""
        parts: list[str] = []
        anchored: list[Any] = []
        self._gather(paragraph, parts, anchored, composer)
        return "".join(parts), anchored

    def _gather(self, element: Any, parts: list[str], anchored: list[Any], composer: Composer) -> None:
        if element.tag in (P, H, SPAN) and self.is_unseen(element):
            composer.hide("".join(element.itertext()))
            return
        parts.append(_one_space(element.text))
        for child in element:
            if child.tag in (_NOTE, _FRAME):
                anchored.append(child)
                parts.append(f" {_one_space(child.findtext(_DESCRIPTION))}")
            elif child.tag == _GAP:
                parts.append(" ")
            elif child.tag in _MARKS:
                parts.append(_MARKS[child.tag])
            elif child.tag not in _PASSED_OVER:
                self._gather(child, parts, anchored, composer)
            parts.append(_one_space(child.tail))

    def rows(self, table: Any, composer: Composer, hidden: frozenset[int] = frozenset()) -> Iterator[list[str]]:
        """The cells of each row that can be seen, without the columns in `hidden`."""
        for row in table_rows(table):
            if row.get(tag("table:visibility"), "visible") == "visible":
                cells = list(self._cells(row, composer))
                seen = [cell for place, cell in enumerate(cells) if place not in hidden]
                repeats = _count(row, "table:number-rows-repeated", _MOST_REPEATS) if any(seen) else 1
                yield from [seen] * repeats

    def _cells(self, row: Any, composer: Composer) -> Iterator[str]:
        left = MOST_COLUMNS
        for cell in row:
            if cell.tag in (_CELL, _COVERED) and left > 0:
                text = "" if cell.tag == _COVERED else " ".join(self._lines(cell, composer))
                repeats = min(_count(cell, "table:number-columns-repeated", MOST_COLUMNS), left)
                left -= repeats
                yield from [text] * repeats

    def _lines(self, cell: Any, composer: Composer) -> Iterable[str]:
        for paragraph in cell.iter(P, H):
            yield " ".join(self.words(paragraph, composer)[0].split())


def table_rows(table: Any) -> Iterator[Any]:
    """The rows of a table, those in groups too, but none of a table within it."""
    for child in table:
        if child.tag == _ROW:
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from table_rows(child)


def hidden_columns(table: Any) -> frozenset[int]:
    """Places of the columns that are collapsed or filtered out."""
    hidden: set[int] = set()
    place = 0
    for column in table.iter(tag("table:table-column")):
        repeats = _count(column, "table:number-columns-repeated", MOST_COLUMNS)
        if column.get(tag("table:visibility"), "visible") != "visible":
            hidden.update(range(place, place + repeats))
        place += repeats
    return frozenset(hidden)


def without_empty_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows without the columns that are empty in all of them."""
    used = sorted({place for row in rows for place, cell in enumerate(row) if cell})
    return [[row[place] if place < len(row) else "" for place in used] for row in rows]


def _count(element: Any, attribute: str, most: int) -> int:
    written = element.get(tag(attribute), "1")
    return max(1, min(int(written[:9]), most)) if written.isdecimal() else 1


def _one_space(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""
