"""A test question: sent the way of every question, to the whole chain or to one model."""

import streamlit as st

from rag import problems as catalogue
from rag.assistant import Unavailable
from rag.house import House
from rag.trial import Outcome, Trial
from ui import figures, markdown, state
from ui.words import duration, money

TICK_S = 0.5
CHAIN = "The whole chain"
QUESTION, ASKED = "test-question", "test-model"
FALLBACK = "When is the lamp lit?"
ENDS = {
    "answered": "It was answered.",
    "not_found": "The answer was: not in the documents.",
    "refused": "The question was refused.",
    "failed": "There was no answer.",
    "stopped": "It was stopped.",
    "bug": "Our own code failed: the log has its traceback.",
}


def show(house: House) -> None:
    st.subheader("Send a test question", anchor=False)
    st.caption(
        "It goes the way of every question: search, model, checks. A single model is asked even while nothing in the "
        "documents comes near. It is kept in no conversation; its requests count above."
    )
    sent = state.trial()
    running = sent is not None and not sent.outcome.done
    names = [CHAIN, *(model.name for model in house.settings.models)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("Asked of", names, key=ASKED, width=220, persist_state="session")
        st.text_input("Question", _first(house), key=QUESTION, max_chars=300, persist_state="session")
        if running:
            st.button("Stop", key="test-stop", icon=":material/stop:", on_click=sent.stop if sent else None)
        else:
            st.button("Send", key="test-send", icon=":material/send:", type="primary", on_click=_send, args=(house,))
    if sent:
        st.fragment(_watch, run_every=TICK_S if running else None)(sent, running=running)


def _first(house: House) -> str:
    """What the box holds at first."""
    try:
        return next(iter(house.suggestions()), FALLBACK)
    except Unavailable:
        return FALLBACK


def _send(house: House) -> None:
    question = (st.session_state[QUESTION] or "").strip() or FALLBACK
    asked = st.session_state[ASKED]
    state.keep_trial(house.trials.start(question, None if asked == CHAIN else asked))


def _watch(trial: Trial, *, running: bool) -> None:
    outcome = trial.outcome
    with st.container(border=True, key="test-outcome", gap="small"):
        _tell(trial, outcome)
    if running and outcome.done:
        st.rerun()  # the button to send is there again


def _tell(trial: Trial, outcome: Outcome) -> None:
    asked = markdown.plain(trial.model or "the whole chain")
    if not outcome.done:
        st.markdown(f":shimmer[Asking {asked} …]")
    elif outcome.problems:
        st.warning(f"Asked {asked}. {ENDS[outcome.status]}", icon=":material/warning:")
    else:
        st.success(f"Asked {asked}. {ENDS[outcome.status]}", icon=":material/check:")
    for kind in outcome.problems:
        words = catalogue.problem(kind)
        st.markdown(markdown.plain(f"{words.happened} {words.operator}"))
    if outcome.text:
        st.markdown(markdown.answer(outcome.text))
    figures.show(_figures(outcome), columns=5)


def _figures(outcome: Outcome) -> list[tuple[str, str]]:
    usage = outcome.usage
    tokens = f"{usage.input_tokens:,} in, {usage.output_tokens:,} out" if outcome.done else "–"
    cost = "no price known" if usage.cost_usd is None else money(usage.cost_usd)
    return [
        ("Written by", outcome.writer or "–"),
        ("First text", duration(outcome.first_ms)),
        ("Whole", duration(outcome.total_ms)),
        ("Tokens", tokens + (", estimated" if usage.estimated else "")),
        ("Cost", cost if outcome.done else "–"),
    ]
