"""The table of failures in operators.md, made from the catalogue: `python docs/failures.py` writes it anew."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, this folder alone would be searched

from rag.problems import CATALOGUE

PAGE = Path(__file__).parent / "operators.md"
BEGIN, END = "<!-- made by docs/failures.py -->\n", "<!-- end -->"


def table() -> str:
    """A row a kind: its name in the database and in the log, what readers see, what it is and what helps."""
    rows = (f"| `{kind}` | {problem.happened} | {problem.operator} |\n" for kind, problem in CATALOGUE.items())
    return "| kind | what people see | what it is, and what helps |\n|---|---|---|\n" + "".join(rows)


def written(page: str) -> str:
    """The page with the table as it is now."""
    before, rest = page.split(BEGIN)
    return before + BEGIN + table() + END + rest.split(END, 1)[1]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
