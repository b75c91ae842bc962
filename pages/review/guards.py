"""Was it harmless? Refusals that readers appealed, and a sample of the questions that guards let pass.

What was just judged stays in its place, so that no other question slips under the pointer and nothing is judged by a
second click; it can be taken back there.
"""

import streamlit as st

from pages.review import question
from rag.assistant import Assistant
from rag.house import House
from store.records import ReviewFilter, ReviewRecord
from ui import problems, state
from ui.words import counted

PER_PAGE = 10
NUMBER = "guards-page"
FILTERS: dict[str, ReviewFilter] = {"Open": "open", "Appeals": "appeal", "Samples": "sample", "Decided": "decided"}
NOTHING: dict[ReviewFilter, str] = {
    "open": "Nothing to decide. Refusals that readers appeal appear here at once, with a sample of what was let pass.",
    "appeal": "No reader says that a refused question was fine.",
    "sample": "No question is waiting in the sample.",
    "decided": "Nothing was decided yet.",
}


def show(house: House, person: str) -> None:
    chosen = st.segmented_control(
        "Show",
        list(FILTERS),
        default="Open",
        key="guards-filter",
        required=True,
        label_visibility="collapsed",
        on_change=_show_anew,
        persist_state="session",
    )
    with problems.in_place():
        _show_page(house, person, FILTERS[chosen or "Open"])


def _show_page(house: House, person: str, wanted: ReviewFilter) -> None:
    assistant = house.assistant
    view = (wanted, st.session_state.get(NUMBER, 1))
    total = assistant.reviews.count(wanted)
    found = _found(assistant, view)
    if not found and view[1] > 1:  # the list has become shorter
        _show_anew()
        view = (wanted, 1)
        found = _found(assistant, view)
    if not found:
        st.info(NOTHING[wanted], icon=":material/inbox:")
        return
    st.caption(f"{counted(total, 'question')}, the newest first")
    shown = tuple(one.message_id for one in found)
    house.desk.audit.looked(person, shown)
    for review in found:
        with st.container(border=True, key=f"review-{review.message_id}", gap="small"):
            question.show(assistant, house.desk.masking.review(person, review), view, shown)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        if any((one.verdict is not None) != (wanted == "decided") for one in found):
            st.button("Show the next ones", key="guards-next", icon=":material/refresh:", on_click=_show_anew)
        if total > PER_PAGE:
            st.pagination(-(-total // PER_PAGE), key=NUMBER, persist_state="session")


def _found(assistant: Assistant, view: tuple[ReviewFilter, int]) -> list[ReviewRecord]:
    """What stood on this page when something on it was judged, or what stands there now."""
    if kept := assistant.reviews.of_answers(state.reviewed(view)):
        return kept
    wanted, number = view
    return assistant.reviews.browse(wanted, limit=PER_PAGE, offset=PER_PAGE * (number - 1))


def _show_anew() -> None:
    state.keep_reviewed(("", 0), ())
    st.session_state[NUMBER] = 1
