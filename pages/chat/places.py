"""Where cited words stand, and long ones cut short: in one line each."""

from store.records import CitationRecord


def place(citation: CitationRecord) -> str:
    """Where a footnote's words stand, in one line."""
    path = citation.section.split(" › ")
    below = [part for part in path if part != "…" and not citation.document.startswith(part)]
    parts = [citation.document, " › ".join(below[-2:]), f"page {citation.page}" if citation.page else ""]
    return " · ".join(part for part in parts if part)


def shortened(text: str, length: int = 280) -> str:
    """A text in one line, cut between words when it is too long for a list."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"
