"""Build or buy: a month of this traffic on hosted models and on a model of one's own, and where the lines cross."""

import streamlit as st

from pages.quality import assumptions, money, period
from rag.economics.chart import chart
from rag.economics.economics import Economics, Hosted, Picture
from rag.economics.sensitivity import lines, swings
from rag.exports.cells import csv_lines
from rag.house import House
from ui import figures, markdown, problems
from ui.words import counted

DAYS = (7, 30, 90, 365)
QUIET = "No question was asked in this period. Costs are reckoned from real traffic, and appear with the first ones."
ESTIMATED = "No model was asked, so tokens are estimated from the length of rules, passages and answers."
DEMO = "{demo} of them are demo data: figures show how this page looks, not what you would pay."
SHORT = "Only {days} so far: what a month holds can lie anywhere in the brackets, and fuller hours are yet to come."
MEANT = (
    "Every question that was not refused is taken to reach the model. In brackets: between what a month lies, 95 of "
    "100 times, were all months like these days. Whether a model of your own answers as well, evaluations have to say."
)


def show(house: House, person: str) -> None:  # noqa: ARG001 - all views are called alike
    economics = house.desk.economics
    days = period.under("Build or buy", DAYS, key="economics-days")
    with problems.in_place():
        picture = economics.picture(days)
        if not picture.traffic.questions:
            st.info(QUIET, icon=":material/hourglass_empty:")
            return
        _show_traffic(picture)
        _choose_models(economics)
        _show_costs(picture)
        assumptions.show(economics, picture)
        _show_chart(picture)
        _show_sensitivity(picture)


def _show_traffic(picture: Picture) -> None:
    month, load, seen = picture.volume, picture.load, picture.traffic
    about = "about " if picture.estimated else ""
    figures.show(
        [
            ("Questions a month", money.between(month.month, month.low, month.high)),
            ("Fullest hour", counted(seen.peak_hour, "question")),
            ("Tokens a question", f"{about}{load.input_tokens:,.0f} in, {load.output_tokens:,.0f} out"),
            ("Time of an answer", "–" if seen.total_ms is None else f"{seen.total_ms / 1000:.1f} s on average"),
        ]
    )
    told = [
        f"From {counted(seen.questions, 'question')} of {counted(month.days, 'day')}.",
        *([ESTIMATED] if picture.estimated else []),
        *([SHORT.format(days=counted(month.days, "day"))] if month.is_short else []),
    ]
    st.caption(markdown.plain(" ".join(told)))
    if seen.demo:
        st.caption(f":material/info: {DEMO.format(demo=f'{seen.demo:,}')}")


def _choose_models(economics: Economics) -> None:
    chosen = economics.compared()
    key = f"economics-models-{hash(chosen)}"  # a new one when somebody chose: the widget begins there again

    def choose() -> None:
        with problems.told():
            economics.compare(st.session_state[key])

    known = economics.known_models()
    st.multiselect(
        "Compare with",
        [*known, *(one for one in chosen if one not in known)],
        default=list(chosen),
        key=key,
        on_change=choose,
        help="Prices are those of a kept list, and may be older than today's. Configured models are always shown.",
    )


def _show_costs(picture: Picture) -> None:
    month, own = picture.volume, picture.own
    rows = [_row(picture, one) for one in picture.hosted]
    gpus = counted(own.gpus(month.month), "GPU")
    rows.append(
        {
            "model": f"Your own, {own.assumed.billions:g} billion parameters on {gpus}",
            "USD a question": money.exact(own.usd(month.month) / month.month if month.month else None),
            "USD a month": money.between(own.usd(month.month), own.usd(month.low), own.usd(month.high)),
            "own is cheaper from": "",
        }
    )
    st.dataframe(rows, hide_index=True, key="economics-costs")
    st.caption(MEANT)
    columns = list(next(lines(picture)))
    st.download_button(
        "Download CSV",
        lambda: "".join(csv_lines(lines(picture), columns)).encode(),
        "footnote-build-or-buy.csv",
        "text/csv",
        icon=":material/download:",
        key="economics-csv",
        on_click="ignore",
    )


def _row(picture: Picture, one: Hosted) -> dict[str, str]:
    month, usd = picture.volume, one.usd_a_question
    if usd is None:
        unknown = "not known"
        return {
            "model": _name(one),
            "USD a question": unknown,
            "USD a month": unknown,
            "own is cheaper from": "not known",
        }
    return {
        "model": _name(one),
        "USD a question": money.exact(usd),
        "USD a month": money.between(usd * month.month, usd * month.low, usd * month.high),
        "own is cheaper from": _from(picture, one),
    }


def _name(one: Hosted) -> str:
    return f"{one.name} (configured)" if one.configured else one.name


def _from(picture: Picture, one: Hosted) -> str:
    if one.break_even is None:
        return "never, as assumed"
    months = picture.months_until(one)
    when = "now" if months == 0 else f"in {months:.0f} months at this growth" if months is not None else ""
    return f"{money.about(one.break_even)} a month" + (f", {when}" if when else "")


def _show_chart(picture: Picture) -> None:
    shown = [one for one in picture.hosted if one.usd_a_question is not None][:5]
    st.vega_lite_chart(chart(picture, shown), width="stretch", key="economics-chart")


def _show_sensitivity(picture: Picture) -> None:
    beside = [one for one in picture.hosted if one.usd_a_question]
    if not beside:
        return
    with st.expander("What the break-even hangs on", icon=":material/tune:"):
        names = {one.name: one for one in beside}
        crossed = [at for at, one in enumerate(beside) if one.break_even is not None]
        name = st.selectbox(
            "Beside", list(names), index=crossed[0] if crossed else 0, key="economics-beside", width=320
        )
        st.dataframe(
            [
                {
                    "one thing changed": one.what,
                    "own at half, USD": money.about(one.low.month),
                    "at double": money.about(one.high.month),
                    "cheaper at half from": money.questions(one.low.break_even),
                    "at double from": money.questions(one.high.break_even),
                }
                for one in swings(picture, names[name])
            ],
            hide_index=True,
        )
        st.caption("Each line halves and doubles one thing; all others stay as they are. Costs are those of a month.")
