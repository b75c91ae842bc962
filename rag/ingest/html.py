"""HTML: what a reader of the page would see, without its navigation, links and pictures.

lxml is used bare: no tree of wrappers around the same parser is needed, and a walk over events has no recursion
that a deeply nested page could exhaust. libxml2's HTML parser knows only the entities of HTML.
"""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # no stubs worth having

from rag.ingest.clean import word_set
from rag.ingest.compose import Composer
from rag.ingest.content import Extracted
from rag.ingest.html_look import SKIPPED, take_out_hidden
from rag.ingest.html_table import table_of
from rag.ingest.plain import decoded

_INLINE = word_set(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr
    """
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def read(data: bytes, name: str) -> Extracted:
    """Text of a web page; its title is the `<title>`, else the first heading."""
    composer = Composer(name)
    root = _parsed(_as_text(data))
    if root is None:
        return composer.finish()
    read_into(composer, root)
    title = root.find(".//title")
    return composer.finish("" if title is None else "".join(title.itertext()))


def add_page(composer: Composer, data: bytes, *, heading: str = "") -> None:
    """Add a page of a book; one without any heading of its own gets `heading`."""
    root = _parsed(_as_text(data))
    if root is None:
        return
    if heading and next(root.iter(*_HEADINGS), None) is None:
        composer.heading(1, heading)
    read_into(composer, root)


def add_fragment(composer: Composer, html: str) -> None:
    """Add what can be seen of a piece of HTML, as Markdown files and mails hold them."""
    root = _parsed(html)
    if root is not None:
        read_into(composer, root)


def _as_text(data: bytes) -> str:
    declared = _DECLARED.search(data[:4096])
    try:
        return data.decode("utf-8" if data.startswith(b"\xef\xbb\xbf") or not declared else declared[1].decode())
    except (UnicodeDecodeError, LookupError):
        return decoded(data)


def _parsed(text: str) -> Any | None:
    """The tree, None for a page with nothing in it. Bytes are passed: a declaration in a str is an error to lxml."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None
    except etree.XMLSyntaxError:
        return None


def is_unseen(element: Any) -> bool:
    """Whether a browser, or a reader of the words alone, would pass over the element."""
    attributes = element.attrib
    return (
        element.tag in SKIPPED
        or "hidden" in attributes
        or attributes.get("aria-hidden", "").lower() == "true"
        or attributes.get("role") == "navigation"
    )


def read_into(composer: Composer, root: Any) -> None:
    """Add the blocks of a tree to `composer`."""
    for words in take_out_hidden(root):
        composer.hide(words)
    walk = etree.iterwalk(root, events=("start", "end"))
    reader = _Reader(composer)
    for event, element in walk:
        if event == "start":
            if is_unseen(element) or reader.took_whole(element):
                reader.skipped = element
                walk.skip_subtree()
            else:
                reader.start(element)
        else:
            reader.end(element)
            if element is not root:
                reader.add(element.tail)
    reader.flush()


class _Reader:
    """Gathers the text between the starts and ends of blocks."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.skipped: Any = None
        self.heading = 0
        self.preformatted = 0
        self.parts: list[str] = []

    def took_whole(self, element: Any) -> bool:
        """Add a table of data at once; tables that only lay out a page are walked like anything else."""
        if element.tag != "table" or (table := table_of(element, is_unseen)) is None:
            return False
        self.flush()
        if table.caption:
            self.composer.text(table.caption)
        self.composer.table(table.header, table.rows)
        return True

    def start(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self.parts.append("\n")
        elif tag not in _INLINE:
            self.flush()
        if tag == "pre":
            self.preformatted += 1
        self.heading = _HEADINGS.get(tag, self.heading)
        self.add(element.text)

    def end(self, element: Any) -> None:
        if element is self.skipped:
            if element.tag not in _INLINE and element.tag not in ("img", "svg", "math", "input"):
                self.flush()
            return
        if element.tag not in _INLINE and element.tag != "br":
            self.flush()
        if element.tag == "pre":
            self.preformatted -= 1
        if element.tag in _HEADINGS:
            self.heading = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text if self.preformatted else re.sub(r"\s+", " ", text))

    def flush(self) -> None:
        text, self.parts = "".join(self.parts), []
        if not text.strip():
            return
        if self.heading:
            self.composer.heading(self.heading, text)
        elif self.preformatted:
            self.composer.code(text)
        else:
            self.composer.text(text)
