"""What the process that parses files says to the one that asked it: lines of JSON, data and nothing else.

A parser that a hostile file has taken over can say something wrong, but nothing that the app would run.
"""

from pathlib import Path
from typing import Any

from rag.ingest.content import Block, Extracted, Finding, InnerFile, Unpacked

Parsed = Extracted | Unpacked


def told(parsed: Parsed, folder: Path) -> dict[str, Any]:
    """What was read; files inside it are written to `folder`, by number."""
    for number, file in enumerate(parsed.files):
        (folder / str(number)).write_bytes(file.data)
    line: dict[str, Any] = {
        "findings": [[finding.kind, finding.words, finding.page] for finding in parsed.findings],
        "files": [file.path for file in parsed.files],
    }
    if isinstance(parsed, Extracted):
        blocks = [[b.kind, b.start, b.end, b.path, b.page] for b in parsed.blocks]
        line |= {"title": parsed.title, "text": parsed.text, "pages": parsed.pages, "blocks": blocks}
    return line


def heard(line: dict[str, Any], folder: Path) -> Parsed:
    """What `told` said. Raises KeyError, ValueError, TypeError, OSError for one that says it wrongly."""
    findings = tuple(Finding(kind, str(words), _page(page)) for kind, words, page in line["findings"])
    files = tuple(InnerFile(str(path), (folder / str(n)).read_bytes()) for n, path in enumerate(line["files"]))
    if "text" not in line:
        return Unpacked(files, findings)
    text = str(line["text"])
    blocks = tuple(_block(block, len(text)) for block in line["blocks"])
    return Extracted(str(line["title"]), text, blocks, _page(line["pages"]), findings, files)


def _block(block: list[Any], length: int) -> Block:
    kind, start, end, path, page = block
    if kind not in ("heading", "text", "row", "code") or not 0 <= int(start) < int(end) <= length:
        raise ValueError(f"no block of a text of {length} characters: {block[:3]}")
    return Block(kind, int(start), int(end), tuple(map(str, path)), _page(page))


def _page(page: Any) -> int | None:
    return None if page is None else int(page)
