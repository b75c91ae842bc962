"""Rated and corrected answers, the latest first."""

import streamlit as st

from pages.review import example
from rag.assistant import Assistant
from store.records import RatedAnswerRecord, Rating
from ui import markdown
from ui.words import counted

FILTERS: dict[str, tuple[Rating | None, bool]] = {
    "All": (None, False),
    "Thumbs down": (-1, False),
    "Thumbs up": (1, False),
    "Corrected": (None, True),
}
_THUMBS = {1: ":material/thumb_up:", -1: ":material/thumb_down:", 0: ":material/edit:"}


def show(assistant: Assistant) -> None:
    chosen = st.segmented_control("Show", list(FILTERS), default="All", key="review-filter", required=True)
    rating, corrected = FILTERS[chosen or "All"]
    rated = assistant.feedback.rated(rating, corrected=corrected)
    if not rated:
        st.info("Nothing here yet. Answers that readers rate or correct appear at once.", icon=":material/inbox:")
        return
    st.dataframe(
        [_row(record) for record in rated],
        hide_index=True,
        key="review-table",
        column_config={"rating": st.column_config.TextColumn(width="small")},
    )
    st.caption(counted(len(rated), "answer"))
    for record in rated:
        with st.expander(f"{_THUMBS[record.rating]} {markdown.plain(record.question[:120])}"):
            _show(record)
            example.show(assistant, record)


def _row(record: RatedAnswerRecord) -> dict[str, object]:
    return {
        "rating": {1: "👍", -1: "👎", 0: "✎"}[record.rating],
        "question": record.question,
        "answer": record.answer,
        "correction": record.correction or "",
        "reasons": ", ".join(record.reasons),
        "comment": record.comment,
        "writer": record.writer or "",
        "when": record.created_at,
    }


def _show(record: RatedAnswerRecord) -> None:
    st.markdown(markdown.answer(record.answer))
    if record.correction:
        st.markdown("**Correction**")
        st.text(record.correction)
    said = [*record.reasons, record.comment]
    if any(said):
        st.caption(markdown.plain(" · ".join(part for part in said if part)))
