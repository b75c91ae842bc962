"""Rated and corrected answers, the latest first."""

import streamlit as st

from pages.review import example
from rag.assistant import Assistant
from store.records import RatedAnswerRecord, Rating, Support
from ui import markdown, support
from ui.words import counted, share

FILTERS: dict[str, tuple[Rating | None, bool]] = {
    "All": (None, False),
    "Thumbs down": (-1, False),
    "Thumbs up": (1, False),
    "Corrected": (None, True),
}
SUPPORT: dict[str, Support | None] = {
    "All": None,
    "Has unsupported": "unsupported",
    "Has weak": "weak",
    "Fully supported": "supported",
}
_THUMBS = {1: ":material/thumb_up:", -1: ":material/thumb_down:", 0: ":material/edit:"}


def show(assistant: Assistant) -> None:
    with st.container(horizontal=True):
        chosen = st.segmented_control("Show", list(FILTERS), default="All", key="review-filter", required=True)
        standing = st.segmented_control(
            "Support",
            list(SUPPORT),
            default="All",
            key="review-support",
            required=True,
            help="By what the passages say of an answer's sentences; answers nobody has rated are then shown too.",
        )
    rating, corrected = FILTERS[chosen or "All"]
    rated = assistant.feedback.rated(rating, corrected=corrected, support=SUPPORT[standing or "All"])
    if not rated and standing != "All":
        st.info("No answer is like that.", icon=":material/inbox:")
        return
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
    examples = assistant.examples.among([record.message_id for record in rated])
    for record in rated:
        with st.expander(f"{_sign(record)} {markdown.plain(record.question[:120])}"):
            _show(record)
            example.show(assistant, record, is_one=record.message_id in examples)


def _row(record: RatedAnswerRecord) -> dict[str, object]:
    return {
        "rating": {1: "👍", -1: "👎", 0: "✎" if record.correction else ""}[record.rating],
        "question": record.question,
        "answer": record.answer,
        "supported": "" if record.sentences is None else share(record.supported or 0, record.sentences),
        "correction": record.correction or "",
        "reasons": ", ".join(record.reasons),
        "comment": record.comment,
        "writer": record.writer or "",
        "when": record.created_at,
    }


def _sign(record: RatedAnswerRecord) -> str:
    return _THUMBS[record.rating] if record.rating or record.correction else ":material/chat_bubble:"


def _show(record: RatedAnswerRecord) -> None:
    marked = support.marks(record.answer, record.support)
    st.markdown(markdown.answer(record.answer, marks=support.behind(marked)))
    if marked:
        st.caption(support.legend(marked))
        st.markdown(support.reasons(marked))
    if record.correction:
        st.markdown("**Correction**")
        st.text(record.correction)
    said = [*record.reasons, record.comment]
    if any(said):
        st.caption(markdown.plain(" · ".join(part for part in said if part)))
