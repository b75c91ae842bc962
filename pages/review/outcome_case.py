"""A test case: the question, the sources a right answer cites, the facts it holds. The same form makes and changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import streamlit as st

from rag.assistant import Unfit
from rag.house import House
from rag.review.cases import Begun, CaseDraft, Meanwhile
from rag.review.outcomes import Made
from store.records import SourceRecord, TestCaseRecord
from ui import folded, markdown, problems

FIELDS = ("question", "answerable", "sources", "facts", "dataset", "source")
SHOWN = 90  # characters of a quote
BEGUN = "_case_begun_"
Keep = Callable[[CaseDraft, Begun], None]


@dataclass(frozen=True, slots=True)
class Writing:
    """Over which case somebody writes theirs, and the sources they choose from: both stay while they do."""

    begun: Begun  # what it may replace
    filled: datetime | None  # when the case that its fields began with was changed
    choices: tuple[SourceRecord, ...]


def show(house: House, person: str, answer_id: int, made: Made) -> None:
    icon = ":material/check_circle:" if made.case else ":material/radio_button_unchecked:"
    part = folded.part("Test case", icon=icon, key=f"made-case-{answer_id}")
    if part is None:
        return
    with part:
        st.caption("Asked again by `footnote eval cases`, to see whether a change makes answers worse.")
        form(
            house,
            f"case-{answer_id}",
            made.case,
            suggested=made.draft,
            keep=lambda draft, over: house.desk.outcomes.keep_case(person, answer_id, draft, over),
        )
        if made.case:
            st.button(
                "Delete the case",
                key=f"case-delete-{answer_id}",
                type="tertiary",
                icon=":material/delete:",
                on_click=delete,
                args=(house, person, made.case.id, f"case-{answer_id}"),
            )


def form(
    house: House, key: str, stands: TestCaseRecord | None, *, keep: Keep, suggested: CaseDraft | None = None
) -> None:
    """What was typed stays until it is kept; where somebody changed the case meanwhile, it is shown beside that."""
    begun = draft_of(stands) if stands else suggested or CaseDraft("")
    values: dict[str, Any] = {
        "question": begun.question,
        "answerable": begun.answerable,
        "sources": list(range(len(begun.sources))),
        "facts": "\n".join(begun.facts),
        "dataset": begun.dataset,
        "source": "",
    }
    if f"{key}-question" not in st.session_state:
        seen = stands.changed_at if stands else None
        st.session_state[f"{BEGUN}{key}"] = Writing(
            Begun(seen),
            seen,
            tuple(dict.fromkeys([*begun.sources, *(suggested.sources if suggested else ())])),
        )
    for name, value in values.items():
        st.session_state.setdefault(f"{key}-{name}", value)
    writing: Writing = st.session_state[f"{BEGUN}{key}"]
    if stands and stands.changed_at != writing.filled:
        _meanwhile(key, stands)
    choices = writing.choices
    with st.form(key, border=False):
        st.text_area("Question, standing alone", key=f"{key}-question", height=70)
        st.toggle("The documents hold an answer", key=f"{key}-answerable")
        st.multiselect(
            "Sources a right answer cites",
            range(len(choices)),
            key=f"{key}-sources",
            format_func=lambda at: words(choices[at]),
            placeholder="None are asked for",
        )
        st.text_input("Another source: its words, or a title", key=f"{key}-source")
        st.text_area("Facts it holds, one a line", key=f"{key}-facts", height=90)
        st.text_input("Dataset", key=f"{key}-dataset")
        st.form_submit_button("Keep the case", key=f"{key}-keep", on_click=_keep, args=(house, key, keep))


def draft_of(case: TestCaseRecord) -> CaseDraft:
    return CaseDraft(case.question, case.sources, case.facts, case.answerable, case.dataset)


def words(source: SourceRecord) -> str:
    """A source in one line."""
    quote = " ".join(source.quote.split())
    short = quote if len(quote) <= SHOWN else f"{quote[:SHOWN].rsplit(' ', 1)[0]} …"
    gone = " (deleted)" if source.document_id is None else ""
    return f"{source.document}{gone}: “{short}”" if short else f"{source.document}{gone}"


def delete(house: House, person: str, case_id: int, key: str) -> None:
    """Deletes a case, and what its form holds."""
    with problems.told():
        house.desk.cases.delete(case_id, by=person)
        _forget(key)


def _meanwhile(key: str, stands: TestCaseRecord) -> None:
    """The case as somebody else left it, over the form of one who still writes."""
    with st.container(border=True, gap="xsmall", key=f"{key}-meanwhile"):
        st.caption(f":material/group: As it stands now, changed on {stands.changed_at:%d %b %Y, %H:%M} UTC")
        st.markdown(f"**{markdown.plain(stands.question)}**")
        held = [*stands.facts, *map(words, stands.sources)] if stands.answerable else ["The documents hold no answer"]
        st.markdown("\n".join(f"- {markdown.plain(one)}" for one in held))
        st.button("Begin with this one", key=f"{key}-begin", type="tertiary", on_click=_forget, args=(key,))


def _keep(house: House, key: str, keep: Keep) -> None:
    typed = {name: st.session_state[f"{key}-{name}"] for name in FIELDS}
    writing: Writing = st.session_state[f"{BEGUN}{key}"]
    chosen = [writing.choices[at] for at in typed["sources"]]
    with problems.told():
        if wanted := typed["source"].strip():
            another = house.assistant.feedback.find_source(wanted)
            if another is None:
                problems.tell("These words stand in no document, and no document is called so.")
                return
            chosen.append(SourceRecord(another.document_id, another.document, another.quote))
        facts = tuple(typed["facts"].splitlines())
        try:
            keep(
                CaseDraft(typed["question"], tuple(chosen), facts, typed["answerable"], typed["dataset"]), writing.begun
            )
        except Meanwhile as why:
            st.session_state[f"{BEGUN}{key}"] = replace(writing, begun=why.stands)
            _tell(house, why)
            return
        except Unfit as why:
            problems.tell(str(why))
            return
        _forget(key)
        st.toast("The case is kept.", icon=":material/check:")


def _tell(house: House, why: Meanwhile) -> None:
    who = house.desk.people.names([why.by]).of(why.by) if why.by else "Somebody else"
    if why.stands.changed_at is None:
        problems.tell(f"{who} deleted this case meanwhile. Keep yours again to make it anew.")
    else:
        problems.tell(f"{who} changed this case meanwhile: it stands above. Keep yours again to put it in its place.")


def _forget(key: str) -> None:
    st.session_state.pop(f"{BEGUN}{key}", None)
    for name in FIELDS:
        st.session_state.pop(f"{key}-{name}", None)
