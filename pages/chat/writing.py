"""Answers while they are being written: the script watches the jobs and draws what they have so far.

The jobs do not know about it. Whatever ends this script (a click, a reload, a closed lid) ends only the watching.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from rag import problems
from rag.assistant import Assistant
from rag.jobs import Snapshot
from store.records import AnswerRecord
from ui import markdown

TICK_S = 0.05  # text reaches the browser in ticks, not token by token
PATIENCE_S = 0.25  # how long a wait may keep the script from noticing a click
STEPS = {
    "checking": "Reading the question",
    "searching": "Searching the documents",
    "reading": "Reading {passages} passages",
    "writing": "Writing",
    "mending": "Checking the answer against its sources",
    "saving": "Saving; the app's memory is busy",
    "done": "Done",
}


def queued(place: int) -> str:
    """What somebody sees whose answer waits for its turn; 1 is next."""
    match place:
        case 0:
            return "Waiting for a free place"
        case 1:
            return "Waiting: yours is the next answer"
        case 2:
            return "Waiting: one answer is ahead of yours"
        case _:
            return f"Waiting: {place - 1} answers are ahead of yours"


@dataclass(frozen=True)
class Running:
    """An answer being written, and the slots on the page where it grows."""

    assistant: Assistant
    person: str
    answer: AnswerRecord
    steps: DeltaGenerator
    text: DeltaGenerator

    def draw(self, snapshot: Snapshot, before: Snapshot | None) -> None:
        """Draws what is new since the snapshot drawn before: each drawing costs the server and the browser."""
        if before is None or (snapshot.step, snapshot.trouble) != (before.step, before.trouble):
            self._draw_step(snapshot)
        if before is None or snapshot.text != before.text:
            self.text.markdown(markdown.answer(snapshot.text))

    def _draw_step(self, snapshot: Snapshot) -> None:
        if snapshot.trouble:
            self.steps.info(problems.problem(snapshot.trouble).happened + " Another writer goes on.")
        else:
            step = queued(snapshot.place) if snapshot.step == "queued" else STEPS[snapshot.step]
            step = step.format(passages=snapshot.passages)
            self.steps.markdown(f":shimmer[{step} …]")


def watch(running: Sequence[Running]) -> None:
    """Draws running answers until one of them ends, then draws the page anew."""
    if not running:
        return
    drawn: dict[int, Snapshot] = {}
    while True:
        for one in running:
            before = drawn.get(one.answer.id)
            snapshot = one.assistant.snapshot(one.person, one.answer.id, before.version if before else -1, PATIENCE_S)
            if snapshot is None or snapshot.done:
                st.rerun()
            if before is None or snapshot.version != before.version:
                one.draw(snapshot, before)
                drawn[one.answer.id] = snapshot
        time.sleep(TICK_S)
