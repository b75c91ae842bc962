"""What guards found about an answer, quietly under it; under a refusal the way to say that the question was fine."""

import streamlit as st

from rag.assistant import Assistant
from rag.reviewing import can_appeal
from store.records import BROKEN, AnswerRecord, FindingRecord
from ui import markdown, problems

AT_MOST = 3  # reasons shown
IN_THE_TEXT = ("support",)  # guards whose findings are marked there, with their reasons: see sentences.py
THANKS = "Thank you. Somebody will look at it."
PLACES = {"question": "your question", "passage": "a passage", "stream": "this answer", "answer": "this answer"}
ICONS = {"flag": ":material/flag:", "mask": ":material/visibility_off:", "refuse": ":material/block:"}
_WORDS = {"flag": "Noticed in", "mask": "Hidden in", "refuse": "Left out"}


def show(assistant: Assistant, person: str, answer: AnswerRecord) -> None:
    lines = told(answer.findings)
    for line in lines[:AT_MOST]:
        st.caption(line)
    if len(lines) > AT_MOST:
        st.caption(f":material/more_horiz: and {len(lines) - AT_MOST:,} more")
    if answer.appealed:
        st.caption(f":material/check: {THANKS}")
    elif can_appeal(answer):
        st.button(
            "This was fine",
            key=f"fine-{answer.id}",
            icon=":material/flag_circle:",
            help="Your question was harmless? A person will look at it.",
            on_click=_appeal,
            args=(assistant, person, answer.id),
        )


def told(findings: tuple[FindingRecord, ...]) -> list[str]:
    """Markdown lines, each reason once. What stopped a question or a draft is told by the answer itself.

    Where a guard speaks of a whole text, that says enough.
    """
    whole = {(finding.stand, finding.guard) for finding in findings if finding.start is None}
    lines: dict[str, str] = {}
    for finding in findings:
        if finding.start is not None and (finding.stand, finding.guard) in whole:
            continue
        shown = finding.action in ("flag", "mask") or (finding.action == "refuse" and finding.stand == "passage")
        shown = shown and finding.guard not in IN_THE_TEXT
        if shown and finding.what != BROKEN and (place := PLACES.get(finding.stand)):
            words = f"{_WORDS[finding.action]} {place}: {finding.why}"
            lines.setdefault(finding.why, f"{ICONS[finding.action]} {markdown.plain(words)}")
    return list(lines.values())


def _appeal(assistant: Assistant, person: str, answer_id: int) -> None:
    with problems.told():
        assistant.reviews.appeal(person, answer_id)
