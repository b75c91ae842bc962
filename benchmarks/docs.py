"""The latest results in docs/performance.md, each between `<!-- table: NAME -->` and `<!-- end -->`."""

import re
from collections.abc import Sequence

from benchmarks.data import ROOT
from benchmarks.measuring import load

PAGE = ROOT / "docs" / "performance.md"


def write(names: Sequence[str]) -> str:
    """Puts every result into its place and says what has none. Results of quick runs are not taken."""
    text, missing = PAGE.read_text(encoding="utf-8"), []
    for name in names:
        report = load(name)
        place = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        if report is None or report.quick or not place.search(text):
            missing.append(name)
            continue
        shown = report.markdown()
        text = place.sub(lambda marks, shown=shown: f"{marks[1]}\n{shown}\n\n{marks[2]}", text)  # type: ignore[misc]
    PAGE.write_text(text, encoding="utf-8")
    told = f"; without a whole result or a place for it: {', '.join(missing)}" if missing else ""
    return f"{PAGE.relative_to(ROOT)} is written{told}."
