"""The operators' table of failures says what the catalogue says."""

import runpy

from tests.test_code import ROOT


def test_the_table_is_that_of_the_catalogue() -> None:
    """If not: `python docs/failures.py` writes it anew."""
    made = runpy.run_path(str(ROOT / "docs" / "failures.py"))
    page = (ROOT / "docs" / "operators.md").read_text("utf-8")

    assert made["written"](page) == page
