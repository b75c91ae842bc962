"""Exports: feedback and training data as files. What is chosen is counted and looked at here, and made on download."""

import streamlit as st

from pages.review import filters, judging
from rag.exports.exports import PREVIEWED, FeedbackWanted, Wanted
from rag.exports.packing import BY
from rag.exports.training import TrainingWanted
from rag.house import House
from store.records import ItemFilter, TrainingBy, TrainingForm
from ui import inbox_state, problems
from ui.words import counted

FEEDBACK, TRAINING = "Feedback", "Training data"
FORMATS = {"csv": "CSV", "jsonl": "JSON lines"}
FORMS: dict[TrainingForm, str] = {
    "chat": "Chats",
    "preference": "Preference pairs",
    "completion": "Prompts with completions",
}
CHOSEN: dict[TrainingBy, str] = {
    "rating": "Readers' ratings",
    "approval": "Reviewers' approval",
    "checks": "The app's own checks",
    "judge": "A model as judge",
}
EMPTY = {
    FEEDBACK: "No answer fits. Take filters away above; answers appear here as soon as somebody asks.",
    TRAINING: "No answer fits yet. Rate, correct or approve some, or choose by the app's own checks.",
}
SHARES = (0.0, 0.05, 0.1, 0.2)
LEFT_OUT = (
    "Left out are duplicates and answers whose passages are gone, held back, or not cited well; the manifest in the "
    "archive counts them by reason. Every reader is on one side of the split only. Demo people never teach."
)
LICENCE = "Readers' questions, documents and models have their own terms: NOTICE.md in the archive names them all."


def show(house: House, person: str) -> None:
    what = st.segmented_control("What", [FEEDBACK, TRAINING], default=FEEDBACK, required=True, key="export-what")
    with problems.in_place():
        opened = inbox_state.opened()  # the same answers as in the inbox, until another filter is chosen, here or there
        filters.show(house, opened, in_order=False)
        wanted = _training(house, opened.fitting) if what == TRAINING else _feedback(opened.fitting)
        if isinstance(wanted, TrainingWanted) and wanted.by == "judge":
            judging.show(house, person, house.desk.masking.asked(person, wanted.filter))
        number = house.desk.exports.count(wanted, person)
        if not number:
            st.info(EMPTY[what or FEEDBACK], icon=":material/inbox:")
            return
        _download(house, person, wanted, number)
        if st.toggle(f"Show the first {PREVIEWED} as they stand in the file", key="export-preview"):
            _preview(house, person, wanted)


def _feedback(wanted: ItemFilter) -> FeedbackWanted:
    form = st.segmented_control(
        "Format",
        list(FORMATS),
        default="csv",
        required=True,
        format_func=FORMATS.__getitem__,
        key="export-format",
        help="CSV opens in Excel and calculates nothing: cells that begin like a formula get an apostrophe.",
    )
    return FeedbackWanted("jsonl" if form == "jsonl" else "csv", wanted)


def _training(house: House, wanted: ItemFilter) -> TrainingWanted:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.selectbox("Form", list(FORMS), format_func=FORMS.__getitem__, key="export-form", width=230)
        why_not = house.desk.exports.judging.why_not
        choices = [one for one in CHOSEN if one != "judge" or not why_not]
        by = st.selectbox(
            "Chosen by", choices, help=why_not or None, format_func=CHOSEN.__getitem__, key="export-by", width=230
        )
        share = st.selectbox(
            "Held out for validation",
            SHARES,
            index=2,
            format_func=lambda part: f"{part:.0%} of the readers",
            key="export-validation",
            width=200,
        )
        names = st.toggle("Mask names of people", value=True, key="export-names")
    st.caption(f"{CHOSEN[by]}: {BY[by]}.")
    return TrainingWanted(form, by, wanted, names=names, validation=share)


def _download(house: House, person: str, wanted: Wanted, number: int) -> None:
    ticket = house.desk.exports.offer(wanted, person)
    of_training = isinstance(wanted, TrainingWanted)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Download", f"/exports/{ticket}", type="primary", icon=":material/download:")
        found = counted(number, "answer")
        st.markdown(f"**{found}** to draw from" if of_training else f"**{found}**")
    if of_training:
        st.caption(f"{LEFT_OUT} {LICENCE}")
    else:
        st.caption("Made when you download it, so it holds what is there then.")


def _preview(house: House, person: str, wanted: Wanted) -> None:
    rows = house.desk.exports.preview(wanted, person)
    if not rows:
        st.caption("None of the first answers can be used; further ones may. The manifest will say why.")
    elif isinstance(wanted, TrainingWanted):
        for row in rows:
            st.json(row, expanded=2)
    else:
        st.dataframe([{name: _cell(value) for name, value in row.items()} for row in rows], hide_index=True)


def _cell(value: object) -> object:
    """Lists and mappings as words: columns of a table are of one kind."""
    return value if isinstance(value, str | int | float | None) else str(value)
