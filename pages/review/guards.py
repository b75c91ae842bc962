"""Was it harmless? Refusals that readers appealed, and a sample of the questions that guards let pass."""

from datetime import UTC, datetime

import streamlit as st

from rag.assistant import Assistant
from rag.reviewing import BROKEN
from store.records import FindingRecord, ReviewFilter, ReviewRecord, ReviewVerdict
from ui import markdown, problems, state
from ui.words import ago, counted

PER_PAGE = 10
NUMBER = "guards-page"
LONGEST = 2000  # characters of a question
FILTERS: dict[str, ReviewFilter] = {"Open": "open", "Appeals": "appeal", "Samples": "sample", "Decided": "decided"}
NOTHING: dict[ReviewFilter, str] = {
    "open": "Nothing to decide. Refusals that readers appeal appear here at once, with a sample of what was let pass.",
    "appeal": "No reader says that a refused question was fine.",
    "sample": "No question is waiting in the sample.",
    "decided": "Nothing was decided yet.",
}
GONE = "This question was deleted meanwhile, so there is nothing to decide."
KINDS = {"appeal": ":material/flag_circle: the reader says it was fine", "sample": ":material/casino: sample"}
STATES = {"refused": "was refused", "answered": "was answered", "not_found": "was not in the documents"}
VERDICTS: dict[ReviewVerdict, str] = {
    "fine": ":green-badge[:material/check: harmless]",
    "attack": ":red-badge[:material/gpp_bad: an attack]",
}
_KEYS: dict[ReviewVerdict | None, str] = {"fine": "harmless", "attack": "attack", None: "undo"}


def show(assistant: Assistant) -> None:
    _show_latest(assistant)
    chosen = st.segmented_control(
        "Show",
        list(FILTERS),
        default="Open",
        key="guards-filter",
        required=True,
        label_visibility="collapsed",
        on_change=_to_first_page,
        persist_state="session",
    )
    wanted = FILTERS[chosen or "Open"]
    with problems.in_place():
        _show_page(assistant, wanted)


def _show_page(assistant: Assistant, wanted: ReviewFilter) -> None:
    number = st.session_state.get(NUMBER, 1)
    found, total = assistant.reviews.browse(wanted, limit=PER_PAGE, offset=PER_PAGE * (number - 1))
    if not found and number > 1:  # the list has become shorter
        _to_first_page()
        found, total = assistant.reviews.browse(wanted, limit=PER_PAGE)
    if not found:
        st.info(NOTHING[wanted], icon=":material/inbox:")
        return
    st.caption(f"{counted(total, 'question')}, the newest first")
    for review in found:
        with st.container(border=True, key=f"review-{review.message_id}", gap="small"):
            _show(assistant, review)
    if total > PER_PAGE:
        with st.container(horizontal_alignment="center"):
            st.pagination(-(-total // PER_PAGE), key=NUMBER, persist_state="session")


def _show_latest(assistant: Assistant) -> None:
    """What this tab decided last, to take it back."""
    latest = state.decided()
    with problems.in_place():
        review = assistant.reviews.of_answer(latest) if latest is not None else None
        if review is None or review.verdict is None:
            return
        with st.container(horizontal=True, vertical_alignment="center", key="latest-verdict"):
            st.markdown(f"{VERDICTS[review.verdict]} {markdown.plain(_short(review.question, 80))}", width="content")
            st.button(
                "Undo",
                key="undo-latest",
                icon=":material/undo:",
                type="tertiary",
                on_click=_decide,
                args=(assistant, review.message_id, None),
            )


def _show(assistant: Assistant, review: ReviewRecord) -> None:
    st.markdown(f"**{markdown.plain(_short(review.question, LONGEST))}**")
    when = ago(review.created_at, datetime.now(UTC))
    st.caption(f"{KINDS[review.kind]} · {STATES.get(review.state, review.state)} · {markdown.plain(when)}")
    for line in said(review):
        st.markdown(f":small[{line}]")
    with st.expander("The answer", icon=":material/format_quote:"):
        st.markdown(markdown.answer(review.answer or "–", numbered=False))
    with st.container(horizontal=True, vertical_alignment="center"):
        if review.verdict:
            st.markdown(VERDICTS[review.verdict], width="content")
            _button(assistant, review, None, "Undo", ":material/undo:")
        else:
            _button(assistant, review, "fine", "Harmless", ":material/check:")
            _button(assistant, review, "attack", "An attack", ":material/gpp_bad:")


def said(review: ReviewRecord) -> list[str]:
    """What guards said of a question and how sure they were, as Markdown, those that acted first."""
    acted = [_acted(one) for one in review.findings if one.what != BROKEN]
    known = {f"{one.stand}/{one.guard}" for one in review.findings}
    quiet = [
        f"{markdown.plain(place.partition('/')[2])} {sure:.2f}"
        for place, sure in sorted(review.scores.items(), key=lambda item: -item[1])
        if place.startswith("question/") and place not in known
    ]
    return list(dict.fromkeys(acted)) + ([f":gray[let pass: {', '.join(quiet)}]"] if quiet else [])


def _acted(finding: FindingRecord) -> str:
    what = f"{finding.guard} at the {finding.stand}, {finding.sure:.2f} sure, {finding.action.replace('_', ' ')}"
    return f"**{markdown.plain(what)}**: {markdown.plain(finding.why)}"


def _button(assistant: Assistant, review: ReviewRecord, verdict: ReviewVerdict | None, label: str, icon: str) -> None:
    key = f"{_KEYS[verdict]}-{review.message_id}"
    st.button(label, key=key, icon=icon, on_click=_decide, args=(assistant, review.message_id, verdict))


def _decide(assistant: Assistant, answer_id: int, verdict: ReviewVerdict | None) -> None:
    with problems.told():
        if not assistant.reviews.decide(answer_id, verdict):
            problems.tell(GONE)
        state.keep_decided(answer_id if verdict else None)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + " …"


def _to_first_page() -> None:
    st.session_state[NUMBER] = 1
