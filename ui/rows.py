"""The rows of the inbox as one part of the page: a box to select each, a button that opens it, words and badges.

Streamlit draws every button, box and line of text as a part of its own, each with a parser for its Markdown: a list of
them took a browser most of a second. Here all words go in as text, never as HTML or Markdown.

The classes are those that Streamlit gives by key, so that keys (ui/keys.py) find rows as they find anything else.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from ui.badges import Badge

_CSS = """
.inbox-row {
  display: flex; gap: 0.75rem; align-items: flex-start; padding: 0.5rem 0.25rem;
  border-top: 1px solid var(--st-border-color);
  font-family: var(--st-font); font-size: 0.875rem; line-height: 1.6;
}
.inbox-row:focus-within { background: rgba(128, 128, 128, 0.1); }
.inbox-select { display: flex; padding: 0.3rem 0 0.3rem 0; cursor: pointer; }
.inbox-select input { width: 1rem; height: 1rem; margin: 0; accent-color: var(--st-primary-color); cursor: pointer; }
.inbox-words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.inbox-words button {
  font: inherit; font-weight: 600; color: var(--st-text-color); background: none; border: none; border-radius: 0.3rem;
  padding: 0 0.25rem; margin-left: -0.25rem; text-align: left; cursor: pointer; max-width: 100%;
}
.inbox-words button:hover { color: var(--st-primary-color); }
.inbox-words button:focus-visible, .inbox-select input:focus-visible {
  outline: 2px solid var(--st-primary-color); outline-offset: 1px;
}
.inbox-answer, .inbox-quiet { color: color-mix(in srgb, var(--st-text-color) 65%, transparent); }
.inbox-facts { display: flex; flex-wrap: wrap; gap: 0.15rem 0.3rem; align-items: center; }
.inbox-badge { border-radius: 0.3rem; padding: 0 0.25rem; overflow-wrap: anywhere; }
.inbox-icon {
  font-family: "Material Symbols Rounded"; font-size: 1.05em; line-height: 1; vertical-align: -0.15em;
  white-space: nowrap; font-feature-settings: "liga"; letter-spacing: normal; text-transform: none; user-select: none;
}
"""
_JS = """
function node(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function badge({ text, colour, icon, means }) {
  const made = node("span", "inbox-badge");
  if (colour) {
    made.style.color = `var(--st-${colour}-text-color)`;
    made.style.backgroundColor = `var(--st-${colour}-background-color)`;
  }
  if (!colour && !icon) made.classList.add("inbox-quiet");
  if (icon) {
    const drawn = node("span", "inbox-icon", icon);
    drawn.setAttribute("translate", "no");
    if (text) drawn.setAttribute("aria-hidden", "true");
    else { drawn.setAttribute("role", "img"); drawn.setAttribute("aria-label", means); made.title = means; }
    made.append(drawn, text ? " " : "");
  }
  made.append(text);
  return made;
}

function row(one, act) {
  const made = node("div", `inbox-row st-key-item-row-${one.id}`);
  const select = node("label", `inbox-select st-key-select-${one.id}`);
  const box = node("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", `Select: ${one.question.slice(0, 60)}`);
  box.addEventListener("change", () => act("selected", [one.id, box.checked]));
  select.append(box);
  const words = node("div", "inbox-words");
  const opener = node("div", `st-key-open-item-${one.id}`);
  const button = node("button", "", one.question);
  button.type = "button";
  button.addEventListener("click", () => act("opened", one.id));
  opener.append(button);
  const facts = node("div", "inbox-facts");
  facts.append(...one.badges.map(badge));
  words.append(opener, node("div", "inbox-answer", one.answer), facts);
  made.append(select, words);
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const place = parentElement.querySelector(".inbox-list");
  place.act = setTriggerValue;
  const drawn = JSON.stringify(data.rows);
  if (place.drawn !== drawn) {
    const within = place.contains(document.activeElement);
    place.replaceChildren(...data.rows.map((one) => row(one, (...what) => place.act(...what))));
    place.drawn = drawn;
    const last = document.body.dataset.reviewRow;
    if (last && (within || document.activeElement === document.body)) place.querySelector(`.${last} button`)?.focus();
  }
  const chosen = new Set(data.selected);
  data.rows.forEach(({ id }) => { place.querySelector(`.st-key-select-${id} input`).checked = chosen.has(id); });
}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says; all of it is plain text."""

    id: int
    question: str
    answer: str
    badges: tuple[Badge, ...]


def show(
    rows: Sequence[Row],
    selected: Sequence[int],
    *,
    key: str,
    on_open: Callable[[int], None],
    on_select: Callable[[int, bool], None],
) -> None:
    """Draws them. The callbacks run before the page is drawn anew, as those of buttons do."""

    def opened() -> None:
        if (answer_id := st.session_state[key]["opened"]) is not None:
            on_open(int(answer_id))

    def changed() -> None:
        if chosen := st.session_state[key]["selected"]:
            on_select(int(chosen[0]), bool(chosen[1]))

    view = st.components.v2.component(
        "inbox_rows", html='<div class="inbox-list"></div>', css=_CSS, js=_JS, isolate_styles=False
    )
    view(
        data={"rows": [asdict(row) for row in rows], "selected": [row.id for row in rows if row.id in selected]},
        key=key,
        on_opened_change=opened,
        on_selected_change=changed,
    )
