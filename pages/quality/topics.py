"""Topics: what people ask about, how each topic does and changes, and what the documents do not answer."""

import streamlit as st

from pages.quality import gaps, period, topic
from rag.figures import between, share, spoken
from rag.house import House
from rag.topics.topics import DAYS, Picture, TopicFigures
from ui import problems
from ui.words import counted

NONE = (
    "There are no topics yet. They are found by themselves once there are {fewest} questions and search by meaning has "
    "warmed up; nothing leaves this machine for it."
)
OTHER = "Everything else"
TREND = "How its share of the questions changed from the period before; a dash: not more than chance may do."


def show(house: House, person: str) -> None:
    days = period.under("Topics", DAYS, key="topics-days")
    with problems.in_place():
        picture = house.desk.topics.picture(days)
        found = [one for one in picture.topics if one.topic is not None]
        if not found:
            st.info(NONE.format(fewest=house.desk.topics.FEWEST), icon=":material/hourglass_empty:")
        else:
            chosen = _table(picture, days)
            if chosen is not None and chosen.topic is not None:
                topic.show(house, person, chosen, picture)
            else:
                st.caption("Choose a topic to see its questions.")
    with problems.in_place():
        gaps.show(house, person, days)


def short(part: int, whole: int) -> str:
    """A share with its interval, for a cell; of few the bare counts."""
    figure = share(part, whole)
    if figure.value is None or figure.low is None or figure.high is None:
        return f"{part:,} of {whole:,}" if whole else "–"
    return f"{spoken(figure.value, 'share')} ({between(figure.low, figure.high, 'share')})"


def trend(figures: TopicFigures) -> str:
    """How the topic's share changed, where that is more than chance; in hundredths of all questions."""
    low, high = figures.change
    if low > 0 or high < 0:
        sides = sorted((abs(100 * low), abs(100 * high)))
        return f"{'↑' if low > 0 else '↓'} {sides[0]:.0f} to {sides[1]:.0f} points"
    return "–"


def _table(picture: Picture, days: int) -> TopicFigures | None:
    """Gives the topic that was chosen."""
    st.caption(f"{counted(picture.asked, 'question')} in {days} days. In brackets: between what a share lies.")
    rows = [
        {
            "Topic": one.topic.label if one.topic else OTHER,
            "Questions": one.now.asked,
            "Share": short(one.now.asked, picture.asked),
            "Over time": list(one.along),
            "Trend": trend(one),
            "Thumbs up": short(one.now.rated_up, one.now.rated),
            "Resolved": short(one.now.resolved, one.now.asked),
            "Not found": short(one.now.not_found, one.now.asked),
            "Refused": short(one.now.refused, one.now.asked),
        }
        for one in picture.topics
    ]
    event = st.dataframe(
        rows,
        key=f"topics-{days}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Topic": st.column_config.TextColumn(pinned=True, width="medium"),
            "Over time": st.column_config.BarChartColumn(y_min=0, width="small"),
            "Trend": st.column_config.TextColumn(help=TREND),
        },
    )
    chosen = event["selection"]["rows"]
    return picture.topics[chosen[0]] if chosen and chosen[0] < len(picture.topics) else None
