"""EPUB books: the chapters in the order of the spine, each read as the web page it is.

ebooklib is AGPL, and what is needed of the format is little: container, package document, spine (EPUB 3.3,
sections 4.2 and 5).
"""

from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from rag.ingest.compose import Composer
from rag.ingest.content import Extracted, Unreadable
from rag.ingest.html import add_page
from rag.ingest.reporting import report
from rag.ingest.xml import Package

_OPF = "{http://www.idpf.org/2007/opf}"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_MOST_CHAPTERS = 5_000


def read(data: bytes, name: str) -> Extracted:
    """Text of an `.epub` file. Raises `Unreadable`: encrypted (copy protection), damaged, empty."""
    package = Package(data, name)
    book_path = _book_path(package)
    book = package.xml(book_path) if book_path else None
    if book is None:
        raise Unreadable("damaged", f"{name} does not say where its chapters are; export it again.")
    chapters = _chapters(book, dirname(book_path))
    if _are_locked(package, chapters):
        raise Unreadable("encrypted", f"{name} is copy-protected; add a version without protection.")
    titles = _titles(package, book, dirname(book_path))
    composer = Composer(name)
    for done, chapter in enumerate(chapters, start=1):
        if chapter in package.parts:
            add_page(composer, package.read(chapter), heading=titles.get(chapter, ""))
        report(done, len(chapters))
    return composer.finish(book.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "")


def _book_path(package: Package) -> str:
    container = package.xml("META-INF/container.xml")
    root = None if container is None else next(container.iter(_ROOTFILE), None)
    return "" if root is None else normpath(root.get("full-path", ""))


def _chapters(book: Any, folder: str) -> list[str]:
    """Paths of the chapters in reading order, each once."""
    items = {item.get("id"): item for item in book.iter(f"{_OPF}item")}
    found = [items[mark.get("idref")] for mark in book.iter(f"{_OPF}itemref") if mark.get("idref") in items]
    pages = [item for item in found if item.get("media-type", _PAGES[0]) in _PAGES]
    readable = [item for item in pages if "nav" not in item.get("properties", "").split()]
    return list(dict.fromkeys(_path(folder, item.get("href", "")) for item in readable))[:_MOST_CHAPTERS]


def _path(folder: str, reference: str) -> str:
    return normpath(join(folder, unquote(reference.partition("#")[0])))


def _are_locked(package: Package, chapters: list[str]) -> bool:
    """Whether chapters are encrypted; fonts often are, which does not matter."""
    rights = package.xml("META-INF/encryption.xml")
    if rights is None:
        return False
    locked = {
        unquote(mark.get("URI", "")) for mark in rights.iter("{http://www.w3.org/2001/04/xmlenc#}CipherReference")
    }
    return any(chapter in locked for chapter in chapters)


def _titles(package: Package, book: Any, folder: str) -> dict[str, str]:
    """What the table of contents calls each chapter, for those that open without a heading."""
    contents = next((i for i in book.iter(f"{_OPF}item") if i.get("media-type") == "application/x-dtbncx+xml"), None)
    tree = None if contents is None else package.xml(_path(folder, contents.get("href", "")))
    titles: dict[str, str] = {}
    for point in [] if tree is None else tree.iter(f"{_NCX}navPoint"):
        target, label = point.find(f"{_NCX}content"), point.findtext(f"{_NCX}navLabel/{_NCX}text")
        if target is not None and label:
            titles.setdefault(_path(folder, target.get("src", "")), label)
    return titles
