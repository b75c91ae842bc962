"""A model as judge of training data: what it would cost, how far it is, and whether it says what readers say."""

import streamlit as st

from rag.exports.judging import Judging
from rag.exports.run import Run
from rag.house import House
from rag.intervals import wilson
from rag.problems import problem
from store.records import Agreement, ItemFilter
from ui import markdown
from ui.words import counted

FEWEST = 10  # votes below which no rate is shown
WATCHED_S = 1.0
ENDS = {
    "done": "Everything that fits is judged.",
    "stopped": "Stopped. What was judged is kept.",
    "cap": "The limit of this run is reached. What was judged is kept; begin again to go on.",
    "budget": "The budget for models is used up. What was judged is kept.",
    "failed": "The model failed three times in a row. What was judged is kept.",
    "store": "The database could not be reached. What was judged is kept.",
}
FEW = "Too few answers that were judged have a thumb, too: nobody can say yet whether this judge is any good."


def show(house: House, person: str, wanted: ItemFilter) -> None:
    """For people who choose by judge, when there is one."""
    judging = house.desk.exports.judging
    with st.container(border=True, key="judge", gap="small"):
        st.fragment(run_every=WATCHED_S if judging.running else None)(_at_work)(house, person, wanted)
        st.caption(in_words(judging.agreement()))


def in_words(agreement: Agreement) -> str:
    """How often judge and readers say the same."""
    votes = agreement.votes
    if votes < FEWEST:
        return f"{FEW} ({counted(votes, 'vote')})"
    low, high = wilson(agreement.agreed, votes)
    kappa = "" if agreement.kappa is None else f", kappa {agreement.kappa:.2f}"
    return (
        f"The judge says what readers' thumbs say of {agreement.agreed:,} of {votes:,} answers: "
        f"{agreement.agreed / votes:.0%} ({low:.0%} to {high:.0%}){kappa}. "
        "Kappa is 0 where it agrees no more often than chance, 1 where it always does."
    )


def _at_work(house: House, person: str, wanted: ItemFilter) -> None:
    judging = house.desk.exports.judging
    run = judging.run
    if judging.running and run:
        st.progress((run.judged + run.skipped + run.failed) / max(run.of, 1), markdown.plain(_so_far(run)))
        st.button("Stop", key="judge-stop", on_click=judging.stop, icon=":material/stop_circle:")
        return
    if run and run.ended:
        _ended(run)
    _plan(house, judging, person, wanted)


def _plan(house: House, judging: Judging, person: str, wanted: ItemFilter) -> None:
    plan = judging.plan(wanted)
    done, every = plan.answers - plan.left, counted(plan.answers, "answer")
    st.markdown(f"**{done:,}** of {every} judged by {markdown.plain(judging.judge())}")
    if not plan.left:
        return
    about = "Its price is not known" if plan.usd is None else f"About {_usd(plan.usd)} for all of them"
    most = house.settings.review.judge_usd
    limit = f"at most {plan.at_most:,} answers" if plan.usd is None else f"at most ${most:,.2f}"
    told = f"{about}; one run takes {limit}. Questions, passages and answers go to the model as when it answers."
    st.caption(markdown.plain(told))
    pressed = st.button(f"Judge {counted(plan.left, 'answer')}", key="judge-begin", icon=":material/gavel:")
    if pressed and judging.begin(wanted, person, most):
        house.desk.audit.note(person, "judged", detail=f"answers by {judging.judge()}")
        st.rerun()


def _usd(usd: float) -> str:
    return "less than $0.01" if usd < 0.01 else f"${usd:,.2f}"


def _so_far(run: Run) -> str:
    return f"{run.judged:,} of {run.of:,} judged, ${run.usd:,.4f}" + (f", {run.failed:,} failed" if run.failed else "")


def _ended(run: Run) -> None:
    words = f"{ENDS[run.ended or 'done']} {_so_far(run)}."
    if run.trouble:
        words += f" {problem(run.trouble).happened}"
    (st.success if run.ended == "done" and not run.failed else st.warning)(markdown.plain(words))
