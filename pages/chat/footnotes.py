"""The footnotes of an answer: under each number its document and place, then the words it rests on."""

from collections import defaultdict

import streamlit as st

from store.records import AnswerRecord, CitationRecord
from ui import markdown, state
from ui.resources import house

SHOWN = 8


def show(person: str, answer: AnswerRecord) -> None:
    """A click on the words opens the source at them."""
    if not answer.citations:
        return
    placed: dict[tuple[int, str], list[CitationRecord]] = defaultdict(list)
    for citation in answer.citations[:SHOWN]:
        placed[citation.number, place(citation)].append(citation)
    with st.container(key=f"sources-{answer.id}", gap="xsmall"):
        for (number, where), cited in placed.items():
            st.markdown(f":blue-badge[{number}] :small[{markdown.plain(where)}]")
            for citation in cited:
                st.button(
                    f"“{markdown.plain(shortened(citation.quote))}”",
                    key=f"source-{citation.id}",
                    type="tertiary",
                    icon=":material/find_in_page:",
                    on_click=_open,
                    args=(person, answer.id, citation),
                )


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


def _open(person: str, answer_id: int, citation: CitationRecord) -> None:
    state.open_source(citation.id)
    house().signals.note(person, answer_id, "citation_opened", str(citation.number))
