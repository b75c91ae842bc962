"""What is known of a document, in words."""

from typing import Any

from store.records import ChunkRecord, DocumentRecord
from ui import markdown
from ui.words import counted, size

ADDED_BY = {"upload": "by upload", "command line": "on the command line", "samples": "with the samples"}
FINDINGS = {  # kind → icon, words before what was found
    "hidden_text": (":material/visibility_off:", "Hidden text that a reader of the file would not see"),
    "no_text_layer": (":material/image:", "No text"),
    "read_by_ocr": (":material/document_scanner:", "Read by text recognition"),
    "left_out": (":material/content_cut:", "Left out"),
}


def line(document: DocumentRecord) -> str:
    """File, size, extent and where it comes from, in one line."""
    parts = (
        document.name,
        size(document.size),
        counted(document.pages, "page") if document.pages else "",
        counted(document.chunks, "chunk"),
        f"added {document.added_at:%d %b %Y} {added_by(document)}".rstrip(),
    )
    return " · ".join(part for part in parts if part)


def added_by(document: DocumentRecord) -> str:
    return ADDED_BY.get(document.added_by or "", f"by {document.added_by}" if document.added_by else "")


def badges(document: DocumentRecord) -> str:
    """State and version as Markdown badges. A document that is simply ready needs none."""
    said = []
    if not document.enabled:
        said.append(":gray-badge[:material/toggle_off: switched off]")
    elif document.embedded < document.chunks:
        said.append(f":blue-badge[vectors follow, {document.embedded:,} of {document.chunks:,}]")
    if document.held:
        said.append(f":red-badge[:material/back_hand: {document.held:,} held back]")
    if document.findings:
        said.append(f":orange-badge[:material/flag: {counted(len(document.findings), 'finding')}]")
    if document.version > 1:
        said.append(f":violet-badge[version {document.version}]")
    return " ".join(said)


def tags(document: DocumentRecord) -> str:
    """Its tags as Markdown badges."""
    return " ".join(f":green-badge[:material/sell: {markdown.plain(tag)}]" for tag in document.tags)


def state(document: DocumentRecord) -> str:
    """Whether it answers, in one sentence."""
    if not document.enabled:
        return "Switched off: it answers no question."
    if document.embedded < document.chunks:
        return f"Searchable by words; {document.embedded:,} of {document.chunks:,} chunks have their vectors."
    return "Ready: it answers by words and by meaning."


def origin(document: DocumentRecord) -> str:
    """Where the file came from, when that says more than its name."""
    return "" if document.source in ("", document.name) else document.source


def finding(found: dict[str, Any]) -> tuple[str, str, str]:
    """Icon, heading and words of a finding; the words come out of the file and are not to be trusted."""
    icon, heading = FINDINGS.get(found.get("kind", ""), (":material/flag:", "Something to know"))
    page = f", page {found['page']}" if found.get("page") else ""
    return icon, f"{heading}{page}", str(found.get("words", ""))


def place(chunk: ChunkRecord) -> str:
    """Title, section and page of a chunk, in one line."""
    below = section(chunk)
    return f"{chunk.title} › {below}" if below else chunk.title


def section(chunk: ChunkRecord) -> str:
    """Section and page of a chunk; what the section only repeats of the title is left out."""
    path = [part for part in chunk.section.split(" › ") if part != "…" and not chunk.title.startswith(part)]
    page = f"page {chunk.page}" if chunk.page else ""
    return " · ".join(part for part in (" › ".join(path), page) if part)
