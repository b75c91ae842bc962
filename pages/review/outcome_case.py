"""A test case: the question, the sources a right answer cites, the facts it holds. The same form makes and changes."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from rag.assistant import Unfit
from rag.house import House
from rag.review.cases import CaseDraft
from rag.review.outcomes import Made
from store.records import SourceRecord, TestCaseRecord
from ui import problems

FIELDS = ("question", "answerable", "sources", "facts", "dataset", "source")
SHOWN = 90  # characters of a quote


def show(house: House, person: str, answer_id: int, made: Made) -> None:
    icon = ":material/check_circle:" if made.case else ":material/radio_button_unchecked:"
    with st.expander("Test case", icon=icon, key=f"made-case-{answer_id}"):
        st.caption("Asked again by `footnote eval cases`, to see whether a change makes answers worse.")
        begun = draft_of(made.case) if made.case else made.draft
        form(
            house,
            f"case-{answer_id}",
            begun,
            also=made.draft.sources,
            keep=lambda draft: house.desk.outcomes.keep_case(person, answer_id, draft),
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
    house: House, key: str, begun: CaseDraft, *, keep: Callable[[CaseDraft], None], also: tuple[SourceRecord, ...] = ()
) -> None:
    """What was typed stays until it is kept; `also` are sources to choose from."""
    choices = list(dict.fromkeys([*begun.sources, *also]))
    values: dict[str, Any] = {
        "question": begun.question,
        "answerable": begun.answerable,
        "sources": list(range(len(begun.sources))),
        "facts": "\n".join(begun.facts),
        "dataset": begun.dataset,
        "source": "",
    }
    for name, value in values.items():
        st.session_state.setdefault(f"{key}-{name}", value)
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
        st.form_submit_button("Keep the case", key=f"{key}-keep", on_click=_keep, args=(house, key, choices, keep))


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


def _keep(house: House, key: str, choices: list[SourceRecord], keep: Callable[[CaseDraft], None]) -> None:
    typed = {name: st.session_state[f"{key}-{name}"] for name in FIELDS}
    chosen = [choices[at] for at in typed["sources"] if at < len(choices)]
    with problems.told():
        if wanted := typed["source"].strip():
            another = house.assistant.feedback.find_source(wanted)
            if another is None:
                problems.tell("These words stand in no document, and no document is called so.")
                return
            chosen.append(SourceRecord(another.document_id, another.document, another.quote))
        facts = tuple(typed["facts"].splitlines())
        try:
            keep(CaseDraft(typed["question"], tuple(chosen), facts, typed["answerable"], typed["dataset"]))
        except Unfit as why:
            problems.tell(str(why))
            return
        _forget(key)
        st.toast("The case is kept.", icon=":material/check:")


def _forget(key: str) -> None:
    for name in FIELDS:
        st.session_state.pop(f"{key}-{name}", None)
