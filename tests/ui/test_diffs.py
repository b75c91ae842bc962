"""Changes as Markdown: told apart without colours, and nothing in them is live."""

import pytest

from rag.diffs import changes
from store.records import ChangeRecord
from ui.diffs import inline


def test_deleted_words_are_struck_through_and_new_ones_bold() -> None:
    assert inline(changes("Until nine today.", "Until ten today.")) == (
        r"Until :red-background[~~nine~~]:green-background[**ten**] today\."
    )


@pytest.mark.parametrize("kind", ["same", "deleted", "inserted"])
def test_what_people_wrote_is_no_markdown(kind: str) -> None:
    shown = inline([ChangeRecord(kind, "[x](http://a.b) **b** ~~ ] :red[y]")])  # type: ignore[arg-type]
    assert r"\[x\]\(http" in shown
    assert r"\*\*b\*\* \~\~ \] \:red\[y\]" in shown


def test_line_breaks_stay_and_those_that_come_or_go_are_shown() -> None:
    assert inline(changes("a\nb\n\nc", "a\nb\n\nc d")) == "a  \nb\n\nc :green-background[**d**]"
    assert inline(changes("a\nb", "a b")) == "a:red-background[~~¶~~] b"
    assert inline(changes("a b", "a\nb")) == "a :green-background[**¶**]  \nb"
