"""One question for reviewers: what guards said about it, and whether it was harmless."""

from datetime import UTC, datetime

import streamlit as st

from rag.assistant import Assistant
from store.records import BROKEN, FindingRecord, ReviewRecord, ReviewVerdict
from ui import markdown, problems, state
from ui.words import ago

LONGEST = 2000  # characters of a question
AT_MOST = 5  # findings shown
WORTH_TELLING = 0.01  # how sure a guard is that did nothing
GONE = "This question was deleted meanwhile, so there is nothing to decide."
KINDS = {"appeal": ":material/flag_circle: the reader says it was fine", "sample": ":material/casino: sample"}
STATES = {"refused": "was refused", "answered": "was answered", "not_found": "was not in the documents"}
VERDICTS: dict[ReviewVerdict, str] = {
    "fine": ":green-badge[:material/check: harmless]",
    "attack": ":red-badge[:material/gpp_bad: an attack]",
}


def show(assistant: Assistant, review: ReviewRecord, view: tuple[str, int], shown: tuple[int, ...]) -> None:
    """`view` is the page of the list it stands on, `shown` the answers there."""
    text = review.question
    st.markdown(f"**{markdown.plain(text if len(text) <= LONGEST else text[:LONGEST] + ' …')}**")
    when = ago(review.created_at, datetime.now(UTC))
    st.caption(f"{KINDS[review.kind]} · {STATES.get(review.state, review.state)} · {markdown.plain(when)}")
    for line in said(review):
        st.markdown(f":small[{line}]")
    with st.expander("The answer", icon=":material/format_quote:"):
        st.markdown(markdown.answer(review.answer or "–", numbered=False))
    act = (assistant, review.message_id)
    keep = (view, shown)
    if review.verdict:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(VERDICTS[review.verdict], width="content")
            key = f"undo-{review.message_id}"
            st.button(
                "Undo", key=key, icon=":material/undo:", type="tertiary", on_click=_decide, args=(*act, None, *keep)
            )
        return
    with st.container(horizontal=True):
        for label, key, icon, verdict in (
            ("Harmless", "harmless", ":material/check:", "fine"),
            ("An attack", "attack", ":material/gpp_bad:", "attack"),
        ):
            st.button(label, key=f"{key}-{review.message_id}", icon=icon, on_click=_decide, args=(*act, verdict, *keep))


def said(review: ReviewRecord) -> list[str]:
    """What guards said of a question and how sure they were, as Markdown, those that acted first."""
    acted = [_acted(one) for one in review.findings if one.what != BROKEN]
    known = {f"{one.stand}/{one.guard}" for one in review.findings}
    quiet = [
        f"{markdown.plain(place.partition('/')[2])} {sure:.2f}"
        for place, sure in sorted(review.scores.items(), key=lambda item: -item[1])
        if place.startswith("question/") and place not in known and sure >= WORTH_TELLING
    ]
    told = list(dict.fromkeys(acted))
    if len(told) > AT_MOST:
        told[AT_MOST:] = [f"and {len(told) - AT_MOST:,} more"]
    return told + ([f"let pass: {', '.join(quiet)}"] if quiet else [])


def _acted(finding: FindingRecord) -> str:
    what = f"{finding.guard} at the {finding.stand}, {finding.sure:.2f} sure, {finding.action.replace('_', ' ')}"
    return f"**{markdown.plain(what)}**: {markdown.plain(finding.why)}"


def _decide(
    assistant: Assistant,
    answer_id: int,
    verdict: ReviewVerdict | None,
    view: tuple[str, int],
    shown: tuple[int, ...],
) -> None:
    with problems.told():
        if not assistant.reviews.decide(answer_id, verdict):
            problems.tell(GONE)
        state.keep_reviewed(view, shown)
