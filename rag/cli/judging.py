"""`footnote export training --by judge`: what no judge has seen yet is judged first, for so much at most."""

import sys

from rag.bootstrap import build
from rag.exports.judging import NONE
from rag.exports.run import Plan, Run
from rag.intervals import wilson
from rag.settings import Settings
from store.records import Agreement, ItemFilter

ME = "command"


def judged(settings: Settings, wanted: ItemFilter, usd: float | None) -> str:
    """Judges what is left and tells how far it is; gives why there is no judge, or nothing."""
    if settings.review.judge not in {model.name for model in settings.models}:
        return NONE
    house = build(settings)
    try:
        desk = house.desk
        most = settings.review.judge_usd if usd is None else usd
        plan = desk.exports.judging.plan(wanted)
        _say(_planned(plan, desk.exports.judging.judge(), most))
        if plan.left:
            desk.audit.note(ME, "judged", detail=f"answers by {desk.exports.judging.judge()}")
            _say(_ended(desk.exports.judging.work(wanted, ME, most)))
        _say(_agreed(desk.exports.judging.agreement()))
        return ""
    finally:
        house.close()


def _planned(plan: Plan, judge: str, most: float) -> str:
    about = "its price is not known" if plan.usd is None else f"about ${plan.usd:,.4f} for all"
    limit = f"at most {plan.at_most:,} answers" if plan.usd is None else f"at most ${most:,.2f}"
    return f"{plan.left:,} of {plan.answers:,} answers are left to {judge}: {about}, {limit} now."


def _ended(run: Run) -> str:
    failed = f", {run.failed:,} failed ({run.trouble})" if run.failed else ""
    return f"{run.judged:,} judged for ${run.usd:,.4f}{failed}; {run.skipped:,} can be no examples. Ended: {run.ended}."


def _agreed(agreement: Agreement) -> str:
    if not agreement.votes:
        return "No answer has both a verdict and a thumb: nobody can say whether this judge is any good."
    low, high = wilson(agreement.agreed, agreement.votes)
    kappa = "" if agreement.kappa is None else f", kappa {agreement.kappa:.2f}"
    return f"Readers say the same of {agreement.agreed:,} of {agreement.votes:,} ({low:.0%} to {high:.0%}{kappa})."


def _say(words: str) -> None:
    print(words, file=sys.stderr)
