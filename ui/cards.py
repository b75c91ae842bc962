"""Figures in cards as one part of the page: a name with what it means, the figure, how sure it is, and a way behind it.

Cards of Streamlit's own parts are five of them each, with a parser of Markdown for every word. All words go in as text.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import streamlit as st

_HTML = '<div class="cards"></div>'
_CSS = """
.cards {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(max(150px, 22%), 1fr)); gap: 1rem;
  font-family: var(--st-font); font-size: 0.875rem; line-height: 1.5; color: var(--st-text-color);
}
.card {
  display: flex; flex-direction: column; gap: 0.15rem; padding: 0.9rem 1rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); position: relative;
}
.quiet { color: color-mix(in srgb, var(--st-text-color) 70%, transparent); }
.figure { font-size: 1.25rem; font-weight: 600; }
.badge { white-space: nowrap; border-radius: 0.3rem; padding: 0 0.3rem; }
button { font: inherit; color: inherit; background: none; border: none; padding: 0; text-align: left; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; border-radius: 0.2rem; }
.behind { margin-top: 0.3rem; cursor: pointer; }
.behind:hover { color: var(--st-primary-color); }
.icon {
  font-family: "Material Symbols Rounded"; font-size: 1.15em; vertical-align: -0.2em; line-height: 1;
  white-space: nowrap; font-feature-settings: "liga"; text-transform: none; letter-spacing: normal; user-select: none;
}
.means { margin-left: 0.3rem; cursor: help; }
.means .told {
  display: none; position: absolute; z-index: 5; top: 2.5rem; left: 0.4rem; right: 0.4rem; padding: 0.5rem 0.7rem;
  font-family: var(--st-font); font-size: 0.875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  box-shadow: 0 4px 16px rgba(0, 0, 0, 0.18);
}
.means:hover .told, .means:focus .told { display: block; }
"""
_JS = """
function node(tag, className, ...inside) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...inside);
  if (tag === "button") made.type = "button";
  return made;
}

function icon(name) {
  const drawn = node("span", "icon", name);
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("translate", "no");
  return drawn;
}

function card(one, open) {
  const told = node("span", "told", one.means);
  told.setAttribute("role", "tooltip");
  const means = node("button", "means", icon("help"), told);
  means.setAttribute("aria-label", `What is meant by ${one.name}: ${one.means}`);
  const made = node("div", `card card-${one.key}`, node("div", "quiet", one.name, means));
  if (one.figure) made.append(node("div", "figure", one.figure));
  if (one.sure) made.append(node("div", "quiet", one.sure));
  if (one.change || one.within) {
    const line = node("div", "quiet", one.within);
    if (one.change) {
      const badge = node("span", "badge", icon(one.icon), ` ${one.change}`);
      badge.style.color = `var(--st-${one.colour}-text-color)`;
      badge.style.backgroundColor = `var(--st-${one.colour}-background-color)`;
      line.prepend(badge, " ");
    }
    made.append(line);
  }
  if (one.behind) {
    const way = node("button", "behind", icon("arrow_outward"), ` ${one.behind}`);
    way.title = "Opens them in Review";
    way.addEventListener("click", () => open(one.key));
    made.append(way);
  }
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const open = (key) => setTriggerValue("opened", key);
  parentElement.querySelector(".cards").replaceChildren(...data.cards.map((one) => card(one, open)));
}
"""


@dataclass(frozen=True, slots=True)
class Card:
    """A figure; what is empty is left out."""

    key: str
    name: str
    means: str
    figure: str = ""
    sure: str = ""
    change: str = ""
    within: str = ""  # the interval of the change, or why there is none
    icon: str = ""  # of the change, by its Material name
    colour: str = ""
    behind: str = ""  # what leads to the answers behind it is called


def show(cards: Sequence[Card], *, key: str) -> str | None:
    """Draws them; gives the key of the card whose answers somebody wants to see."""
    view = st.components.v2.component("cards", html=_HTML, css=_CSS, js=_JS)
    done = view(data={"cards": [asdict(card) for card in cards]}, key=key, on_opened_change=lambda: None)
    opened: str | None = done["opened"]
    return opened
