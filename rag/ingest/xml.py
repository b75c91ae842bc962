"""XML out of packages, parsed so that nothing in it is expanded, fetched or taken from a document type."""

import zipfile
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # no stubs worth having

from rag.ingest.content import Unreadable
from rag.ingest.packages import check_size

MOST_BYTES = 200_000_000  # of one part; a tree takes several times as much memory


def parsed(data: bytes) -> Any:
    """The root element. Raises `etree.XMLSyntaxError`, a `SyntaxError`, for what is no XML."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


class Package:
    """A ZIP archive of parts that refer to each other by path."""

    def __init__(self, data: bytes, name: str) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self.name = name
        check_size(self._zip, name)
        self.parts = frozenset(self._zip.namelist())

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises `KeyError` for one that is not there, `Unreadable` (too_large)."""
        with self._zip.open(part) as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            limit = f"{MOST_BYTES // 1_000_000} MB"
            raise Unreadable("too_large", f"{self.name} unpacks to more than {limit}; split it into smaller files.")
        return data

    def xml(self, part: str) -> Any | None:
        """The tree of a part; None if there is no such part."""
        return parsed(self.read(part)) if part in self.parts else None
