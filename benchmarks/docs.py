"""The latest results in the pages of docs/, each between `<!-- table: NAME -->` and `<!-- end -->`."""

import re
from collections.abc import Sequence

from benchmarks.data import ROOT
from benchmarks.measuring import load

PAGES = tuple(
    ROOT / "docs" / name
    for name in (
        "performance.md",
        "retrieval.md",
        "reliability.md",
        "guards.md",
        "topics.md",
        "conflicts.md",
        "verified.md",
    )
)


def write(names: Sequence[str]) -> str:
    """Puts every result into its place and says what has none. Results of quick runs are not taken."""
    pages = {page: page.read_text(encoding="utf-8") for page in PAGES}
    missing = []
    for name in names:
        report = load(name)
        place = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page = next((page for page, text in pages.items() if place.search(text)), None)
        if report is None or report.quick or page is None:
            missing.append(name)
            continue
        shown = report.markdown()
        pages[page] = place.sub(lambda marks, shown=shown: f"{marks[1]}\n{shown}\n\n{marks[2]}", pages[page])  # type: ignore[misc]
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")
    told = f"; without a whole result or a place for it: {', '.join(missing)}" if missing else ""
    return f"{', '.join(str(page.relative_to(ROOT)) for page in PAGES)} are written{told}."
