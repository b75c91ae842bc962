"""Keys that do what buttons of ours do, for those who work without a mouse. They rest while somebody is typing.

Streamlit's own shortcuts cannot walk a list, move the focus, or choose one of several options.
"""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

Act = Literal["click", "focus", "down", "up", "in_row"]
_JS = """
const TYPING = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], ' +
  '[role="combobox"], [role="textbox"], [role="listbox"], [role="menu"], [role="dialog"]';
const ROW = '[class*="st-key-item-row-"]';
const OPENER = '[class*="st-key-open-item-"] button';

function rows() { return [...document.querySelectorAll(ROW)].filter((row) => row.querySelector(OPENER)); }
function name(row) { return [...row.classList].find((one) => one.startsWith("st-key-item-row-")); }
function remember(row) { document.body.dataset.reviewRow = name(row); }
function remembered() { return rows().find((row) => name(row) === document.body.dataset.reviewRow); }
function current() { return document.activeElement?.closest(ROW) ?? null; }

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current() ?? remembered());
  const row = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  row.querySelector(OPENER).focus();
  row.scrollIntoView({ block: "nearest" });
  remember(row);
}

const ACTS = {
  click: (css) => document.querySelector(css)?.click(),
  focus: (css) => document.querySelector(css)?.focus(),
  down: () => walk(1),
  up: () => walk(-1),
  in_row: (css) => {
    const row = current() ?? remembered();
    if (row) { remember(row); row.querySelector(css)?.click(); }
  },
};

export default function ({ data }) {
  const pressed = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.composedPath()[0];
    if (at instanceof Element && at.closest(TYPING)) return;
    if (document.querySelector('[role="dialog"]')) return;
    const wanted = data.keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    ACTS[wanted[0]](wanted[1]);
  };
  document.addEventListener("keydown", pressed, true);
  document.body.dataset.reviewKeys = data.name;
  if (data.list && document.activeElement === document.body) remembered()?.querySelector(OPENER).focus();
  return () => {
    document.removeEventListener("keydown", pressed, true);
    if (document.body.dataset.reviewKeys === data.name) delete document.body.dataset.reviewKeys;
  };
}
"""


def listen(keys: Mapping[str, tuple[Act, str]], *, key: str, walks: bool = False) -> None:
    """Lets each key do something to what a CSS selector finds; `walks`: there is a list to go up and down in."""
    view = st.components.v2.component("review_keys", html="<span></span>", js=_JS)
    view(data={"keys": {name: list(act) for name, act in keys.items()}, "list": walks, "name": key}, key=key)
