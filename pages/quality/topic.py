"""One topic: how it did, its latest questions, and its name."""

import streamlit as st

from rag.figures import share, told
from rag.house import House
from rag.topics.topics import Picture, TopicFigures
from store.records import ItemFilter
from ui import inbox_state, markdown, problems

LONGEST = 200  # characters of an example


def show(house: House, person: str, figures: TopicFigures, picture: Picture) -> None:
    topic = figures.topic
    if topic is None:
        return
    with st.container(border=True, gap="small", key=f"topic-{topic.id}"):
        st.markdown(f"**{markdown.plain(topic.label)}**")
        now = figures.now
        counts = (
            ("Of all questions", now.asked, picture.asked),
            ("Thumbs up, of those rated", now.rated_up, now.rated),
            ("Resolved", now.resolved, now.asked),
            ("Not found", now.not_found, now.asked),
            ("Refused", now.refused, now.asked),
        )
        lines = (f":small[{name}: {markdown.plain(told(share(part, whole)))}]" for name, part, whole in counts)
        st.markdown("  \n".join(lines))
        st.caption(f"{now.people:,} people asked {now.asked:,} times, and {figures.before.asked:,} times before.")
        _examples(house, person, topic.id)
        wanted = ItemFilter(topic=topic.id, since=picture.since, until=picture.until)
        if st.button("Show in Review", key=f"topic-review-{topic.id}", icon=":material/rate_review:"):
            inbox_state.open_inbox(wanted)
        _name(house, person, topic.id, topic.label, named=topic.named_by is not None)


def _examples(house: House, person: str, topic_id: int) -> None:
    found = house.desk.topics.examples(topic_id)
    house.desk.audit.looked(person, [one.answer_id for one in found])
    texts = [one.text for one in found]
    with st.expander("Its latest questions", icon=":material/forum:", expanded=True):
        for text in house.desk.masking.together(person, *texts):
            line = " ".join(text.split())
            st.markdown(f"- {markdown.plain(line if len(line) <= LONGEST else line[:LONGEST] + ' …')}")


def _name(house: House, person: str, topic_id: int, label: str, *, named: bool) -> None:
    key = f"topic-name-{topic_id}"
    with st.expander("Its name", icon=":material/edit:"), st.form(f"{key}-form", border=False):
        st.session_state.setdefault(key, label)
        st.text_input("Name", key=key, max_chars=80, help="Empty: it is found anew from words that many people use.")
        st.form_submit_button("Save", key=f"{key}-save", on_click=_rename, args=(house, person, topic_id, key))
        if named:
            st.caption("Somebody gave it this name; it stays when questions are grouped again.")


def _rename(house: House, person: str, topic_id: int, key: str) -> None:
    with problems.told():
        house.desk.topics.rename(topic_id, st.session_state[key], by=person)
        st.session_state.pop(key, None)
