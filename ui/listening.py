"""A small script in the chat page for what a browser alone knows: words were copied, the page was left at once.

It sends that to `POST /api/signals` (api/signals.py) without running the page's own script, so that nothing is
drawn anew and nothing that streams is stopped. It stands in a component, which shows nothing.

Somebody left at once who closed or hid the page within seconds after an answer had ended in front of them, without
having touched anything; and did not come back within a minute. A reload hides the page as well: so the new page takes
back what the old one said.
"""

from datetime import UTC, datetime

import streamlit as st

from store.records import QuestionRecord

AT_ONCE_S = 5
BACK_S = 60
KEY = "listening"
_JS = """
const ADDRESS = "/api/signals", LEFT = "footnote-left";
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove", "copy"];
const LEAVING = /^(Control|Meta|Alt|Shift|F\\d+)$/;  // keys that close and reload pages, and switch between them

function listen() {
  const ear = { on: false, seen: new Set(), ended: null };

  function say(answer_id, kind, undone = false) {
    const said = JSON.stringify({ answer_id, kind, undone });
    navigator.sendBeacon(ADDRESS, new Blob([said], { type: "application/json" }));
  }

  function answerOf(node) {
    const element = node instanceof Element ? node : node?.parentElement;
    const key = element?.closest('[class*="st-key-answer-"]')?.className.match(/st-key-answer-(\\d+)/);
    return key ? Number(key[1]) : null;
  }

  function copied(event) {
    const selected = document.getSelection();
    if (!ear.on || !selected || selected.isCollapsed || event.target.closest?.("input, textarea")) return;
    const answer = answerOf(selected.anchorNode) ?? answerOf(selected.focusNode);
    if (answer) say(answer, "copied");
  }

  function touched(event) {
    const { type, ctrlKey, metaKey, altKey, key } = event;
    if (type !== "keydown" || !(ctrlKey || metaKey || altKey || LEAVING.test(key))) ear.ended = null;
  }

  function leave() {
    const { ended } = ear;
    ear.ended = null;
    if (!ear.on || !ended || performance.now() - ended.at > ended.atOnce) return;
    try {
      sessionStorage.setItem(LEFT, JSON.stringify({ answer: ended.answer, until: Date.now() + ended.back }));
    } catch { return; }  // without it, a reload could not be told from leaving
    say(ended.answer, "left");
  }

  function back() {
    try {
      const left = JSON.parse(sessionStorage.getItem(LEFT));
      sessionStorage.removeItem(LEFT);
      if (left && Date.now() < left.until) say(left.answer, "left", true);
    } catch { /* nothing was left */ }
  }

  ear.hear = ({ answer, at_once_ms, back_ms }) => {
    ear.on = true;
    if (answer === null || ear.seen.has(answer)) return;
    ear.seen.add(answer);
    if (document.visibilityState === "visible") {
      ear.ended = { answer, at: performance.now(), atOnce: at_once_ms, back: back_ms };
    }
  };
  document.addEventListener("copy", copied, true);
  for (const touch of TOUCHES) document.addEventListener(touch, touched, { capture: true, passive: true });
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : back()));
  window.addEventListener("pagehide", leave);
  back();
  return ear;
}

export default function ({ data }) {
  const ear = (window.footnoteListening ??= listen());
  ear.hear(data);
  return () => { ear.on = false; };
}
"""


def show(asked: tuple[QuestionRecord, ...]) -> None:
    """Listens to what the reader of these answers does; for readers who let it be noted."""
    listener = st.components.v2.component("listening", js=_JS)
    data = {"answer": _just_ended(asked), "at_once_ms": 1000 * AT_ONCE_S, "back_ms": 1000 * BACK_S}
    listener(data=data, key=KEY)


def _just_ended(asked: tuple[QuestionRecord, ...]) -> int | None:
    """The last answer, if it ended a moment ago: this page was there."""
    last = asked[-1].answers[-1] if asked and asked[-1].answers else None
    if last is None or last.finished_at is None:
        return None
    return last.id if (datetime.now(UTC) - last.finished_at).total_seconds() < AT_ONCE_S else None
