"""The footnotes of an answer: under each number its document and place, then the words it rests on."""

from collections import defaultdict

import streamlit as st

from pages.chat import wrong_source
from pages.chat.places import place, shortened
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
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.markdown(f":blue-badge[{number}] :small[{markdown.plain(where)}]", width="content")
                wrong_source.flag(person, answer, cited[0])  # its words all stand in the same place
            for citation in cited:
                st.button(
                    f"“{markdown.plain(shortened(citation.quote))}”",
                    key=f"source-{citation.id}",
                    type="tertiary",
                    icon=":material/find_in_page:",
                    on_click=_open,
                    args=(person, answer.id, citation),
                )
            wrong_source.show(person, answer, cited[0])


def _open(person: str, answer_id: int, citation: CitationRecord) -> None:
    state.open_source(citation.id)
    house().signals.note(person, answer_id, "citation_opened", str(citation.number))
