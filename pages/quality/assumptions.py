"""What is assumed of a model of one's own: everything can be changed, and is kept for everybody's next visit."""

from typing import Any

import streamlit as st

from rag.economics.assumptions import BOUNDS, Assumptions
from rag.economics.economics import Economics, Picture
from ui import problems

DEFAULTS = Assumptions()
FIELDS: dict[str, tuple[str, str]] = {  # label, and what it means
    "billions": ("Parameters, billions", "Of the model. More answer better, slower and dearer."),
    "bits": ("Bits a parameter", "16 as published, 8 or 4 when it is quantised."),
    "gpu_usd_hour": ("USD a GPU and hour", "Rented H100s cost between 2 and 7: put in your own price."),
    "memory_gb": ("GB a GPU", "80 for an H100."),
    "utilisation": ("Utilisation", "Of a GPU in the fullest hour. Above this, questions wait."),
    "hours_a_day": ("Hours a day", "It runs, and is paid for."),
    "spare": ("Spare copies", "Beyond those that are needed, so that one may fail."),
    "people_hours": ("Hours of people", "A month: updates, watching, incidents."),
    "people_usd_hour": ("USD an hour", "With all that comes on top of wages."),
    "growth": ("Growth a month", "Of the traffic: 0.05 is five in a hundred."),
    "prompt_tokens_s": ("Tokens read / s", "On one GPU. Empty: derived from the size."),
    "written_tokens_s": ("Tokens written / s", "On one GPU, over all answers. Empty: derived from the size."),
}
DERIVED = ("prompt_tokens_s", "written_tokens_s")
SOURCES = (
    "Derived speeds are those of one NVIDIA H100: reading is bound by operations (two for each parameter and token, "
    "at 40 % of 989 TFLOPS), writing by reading the weights once for 16 answers at a time (at 60 % of 3.35 TB/s). "
    "A measurement of your own is worth more."
)


def show(economics: Economics, picture: Picture) -> None:
    assumed = picture.own.assumed
    changed = assumed.kept()
    title = "Assumptions of a model of your own" + (f", {len(changed)} changed" if changed else "")
    with st.expander(title, icon=":material/edit:", key="economics-assumptions"):
        with st.grid(4, min_column_width=150, gap="small"):
            for name in FIELDS:
                _input(economics, assumed, name)
        own = picture.own
        st.caption(
            f"One copy takes {assumed.gpus_a_replica} GPU{'s' * (assumed.gpus_a_replica != 1)}, a question "
            f"{own.gpu_seconds:.2g} s of one. {SOURCES}"
        )
        if changed and st.button("Back to the defaults", icon=":material/undo:", key="economics-reset"):
            with problems.told():
                economics.reset()
            st.rerun()


def _input(economics: Economics, assumed: Assumptions, name: str) -> None:
    label, meaning = FIELDS[name]
    now = getattr(assumed, name)
    whole = isinstance(getattr(DEFAULTS, name), int)
    key = f"economics-{name}-{now:g}".replace(".", "_")  # a new one when it was saved, perhaps by somebody else
    kind: Any = int if whole else float
    least, most = map(kind, BOUNDS[name])

    def save() -> None:
        with problems.told():
            economics.assume(name, st.session_state[key])

    derived = name in DERIVED and not now
    st.number_input(
        label,
        min_value=least,
        max_value=most,
        value=None if derived else kind(now),
        step=1 if whole else None,
        placeholder=f"{assumed.reading if name == 'prompt_tokens_s' else assumed.writing:,.0f}" if derived else None,
        help=meaning,
        key=key,
        on_change=save,
    )
