"""A text with some of its words highlighted and scrolled to. The texts go in as text, never as HTML."""

import streamlit as st

_HTML = '<div class="text" tabindex="0"><span class="before"></span><mark></mark><span class="after"></span></div>'
_CSS = """
.text {
  max-height: 60vh; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; position: relative;
  font-family: var(--st-font); font-size: 0.95rem; line-height: 1.6; color: var(--st-text-color);
  background: var(--st-secondary-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); padding: 1rem 1.2rem;
}
mark { background: #ffd54a; color: #1f2328; border-radius: 0.2em; padding: 0.05em 0.15em; }
"""
_JS = """
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".text");
  const mark = box.querySelector("mark");
  box.querySelector(".before").textContent = data.before;
  mark.textContent = data.words;
  box.querySelector(".after").textContent = data.after;
  requestAnimationFrame(() => {
    box.scrollTop = mark.offsetTop - box.clientHeight / 3;
  });
}
"""
AROUND = 30_000  # characters shown on each side of the words


def show(text: str, start: int, end: int, key: str) -> None:
    """The words from `start` to `end` in as much of the text as a browser shows quickly."""
    low, high = max(0, start - AROUND), end + AROUND
    view = st.components.v2.component("source_view", html=_HTML, css=_CSS, js=_JS)
    pieces = {
        "before": ("… " if low else "") + text[low:start],
        "words": text[start:end],
        "after": text[end:high] + (" …" if high < len(text) else ""),
    }
    view(data=pieces, key=key)
