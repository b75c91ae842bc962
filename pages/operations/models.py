"""Each model: how it does now, and how it did over the last day."""

from datetime import UTC, datetime

import streamlit as st

from pages.operations import switching
from rag import problems as catalogue
from rag.house import House
from rag.operations import ModelStatus
from rag.writers import extractive
from store.records import CallStatistics, DraftCounts, HealthRecord
from ui import figures, markdown, problems
from ui.words import ago, clock, counted, duration, money, share

NONE = (
    "No language model is configured: answers are the documents' own words. To add one, name it in `footnote.toml` "
    "under `[[models]]`, or set `OPENAI_API_KEY`."
)


def show(house: House) -> None:
    st.subheader("Models", anchor=False)
    st.caption("In the order in which they are asked; figures of the last 24 hours.")
    with problems.in_place():
        models = house.operations.models()
        if not models:
            st.info(NONE, icon=":material/smart_toy:")
        for number, model in enumerate(models):
            with st.container(border=True, key=f"model-{number}", gap="small"):
                _show(house, number, model)
        with st.container(border=True, key="model-extractive", gap="small"):
            _show_last(house)


def state(health: HealthRecord, now: datetime, zone: str | None) -> str:
    """How a model does now, as a Markdown badge."""
    if health.taken_out:
        return ":gray-badge[:material/pan_tool: taken out by hand]"
    match health.state:
        case "half_open":
            return ":blue-badge[:material/science: being tried]"
        case "open" if health.resting_until and health.resting_until > now:
            return f":orange-badge[:material/bedtime: resting until {clock(health.resting_until, zone)}]"
        case "open":
            return ":orange-badge[:material/bedtime: resting until the next question tries it]"
        case _ if health.failures:
            return f":orange-badge[:material/warning: {counted(health.failures, 'failure')} in a row]"
        case _:
            return ":green-badge[:material/check: well]"


def _show(house: House, number: int, model: ModelStatus) -> None:
    now = datetime.now(UTC)
    called = f" :small[:gray[{markdown.plain(model.model)}]]" if model.model != model.name else ""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        title = f"**{markdown.plain(model.name)}**{called} {state(model.health, now, st.context.timezone)}"
        st.markdown(title, width="content")
        switching.show(house, number, model)
    if model.day.calls:
        figures.show([*_figures(model.day), *_drafts(model.drafts)], columns=3)
    else:
        st.caption("No requests in the last 24 hours.")
    if (kind := model.health.last_problem) and (at := model.health.last_problem_at):
        words = catalogue.problem(kind)
        st.caption(markdown.plain(f"Last trouble, {ago(at, now)}: {words.happened} {words.operator}"))


def _figures(day: CallStatistics) -> list[tuple[str, str]]:
    cost = money(day.cost_usd) if day.unpriced < day.calls else "no price known"
    if 0 < day.unpriced < day.calls:
        cost += f" and {day.unpriced:,} without a price"
    return [
        ("Went well", share(day.well, day.calls)),
        ("First text, half / 95 %", f"{duration(day.first_p50_ms)} / {duration(day.first_p95_ms)}"),
        ("Whole, half / 95 %", f"{duration(day.total_p50_ms)} / {duration(day.total_p95_ms)}"),
        ("Tokens in", f"{day.input_tokens:,}"),
        ("Tokens out", f"{day.output_tokens:,}"),
        ("Cost", cost),
    ]


def _drafts(drafts: DraftCounts) -> list[tuple[str, str]]:
    """How its answers did before the validation; nothing when it wrote none."""
    if not drafts.all:
        return []
    return [
        ("Drafts valid at once", share(drafts.valid, drafts.all)),
        ("Valid when asked again", share(drafts.mended, drafts.all)),
        ("Not usable", share(drafts.unusable, drafts.all)),
    ]


def _show_last(house: House) -> None:
    written = sum(counted.count for counted in house.operations.answers() if counted.writer == extractive.NAME)
    st.markdown("**The documents' own words** :green-badge[:material/check: always there]")
    st.caption(
        "The extractive writer, last in the chain: it needs no model, no key and no network. "
        f"It ended {counted(written, 'answer')} in the last 24 hours."
    )
