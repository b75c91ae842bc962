"""Under an answer: sources that disagree, and those that something newer has replaced, each with its place to open."""

import streamlit as st

from pages.chat import sources
from rag.assistant import Assistant
from store.records import AnswerRecord, ConflictRecord
from ui import markdown, state

AT_MOST = 3  # shown


def show(assistant: Assistant, answer: AnswerRecord) -> None:
    conflicts = answer.conflicts or assistant.compared(answer.id)
    if not conflicts:
        return
    with st.container(key=f"conflicts-{answer.id}", gap="xsmall"):
        for at, conflict in enumerate(conflicts[:AT_MOST]):
            _show(assistant, answer, conflict, f"{answer.id}-{at}")
        if (more := len(conflicts) - AT_MOST) > 0:
            st.caption(f":material/more_horiz: and {more:,} more")


def told(conflict: ConflictRecord) -> str:
    """One line for readers, as Markdown."""
    if conflict.kind == "older":
        return f":material/history: Perhaps outdated: {markdown.plain(conflict.why)}"
    return f":material/compare_arrows: Two sources disagree: {markdown.plain(conflict.why)}"


def _show(assistant: Assistant, answer: AnswerRecord, conflict: ConflictRecord, key: str) -> None:
    st.markdown(f":small[{told(conflict)}]")
    with st.container(horizontal=True, gap="small"):
        for number in filter(None, (conflict.first, conflict.second)):
            _show_footnote(answer, conflict, number, f"conflict-{key}-{number}")
        if (
            conflict.second is None
            and conflict.other_id is not None
            and st.button(
                "Open the newer one" if conflict.kind == "older" else "Open the other",
                key=f"conflict-{key}-other",
                type="tertiary",
                icon=":material/find_in_page:",
            )
        ):
            sources.open_at(assistant, "The other source", conflict.other_id, conflict.second_words, key=key)


def _show_footnote(answer: AnswerRecord, conflict: ConflictRecord, number: int, key: str) -> None:
    """The footnote of this number that stands in the words which disagree, or else its first."""
    words = conflict.first_words if number == conflict.first else conflict.second_words
    cited = [one for one in answer.citations if one.number == number]
    nearest = sorted(cited, key=lambda one: one.quote not in words and words not in one.quote)
    if nearest:
        st.button(
            f"Open [{number}]",
            key=key,
            type="tertiary",
            icon=":material/find_in_page:",
            on_click=state.open_source,
            args=(nearest[0].id,),
        )
