"""A table of figures, one row of which can be picked. Streamlit's own brings two megabytes of script to a first visit.

All words go in as text, never as HTML.
"""

from collections.abc import Sequence

import streamlit as st

_HTML = '<div class="box" tabindex="0"><table><thead></thead><tbody></tbody></table></div>'
_CSS = """
.box {
  overflow: auto; max-height: 26rem; border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  font-family: var(--st-font); font-size: 0.875rem; color: var(--st-text-color);
}
table { border-collapse: separate; border-spacing: 0; width: 100%; font-variant-numeric: tabular-nums; }
th, td {
  padding: 0.4rem 0.75rem; text-align: left; white-space: nowrap; background: var(--st-background-color);
  border-bottom: 1px solid var(--st-border-color);
}
tbody tr:last-child > * { border-bottom: none; }
th { font-weight: 400; }
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--st-secondary-background-color);
  color: color-mix(in srgb, var(--st-text-color) 70%, transparent);
}
th:first-child { position: sticky; left: 0; max-width: 11rem; border-right: 1px solid var(--st-border-color); }
thead th:first-child { z-index: 2; }
tbody tr { cursor: pointer; }
tbody tr:hover > *, tbody tr[aria-selected="true"] > * { background: var(--st-secondary-background-color); }
button {
  font: inherit; color: inherit; background: none; border: none; padding: 0; cursor: pointer; text-align: left;
  display: block; max-width: 100%; overflow: hidden; text-overflow: ellipsis;
}
tr[aria-selected="true"] button { color: var(--st-primary-color); font-weight: 600; }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
_JS = """
function cell(tag, text, scope) {
  const made = document.createElement(tag);
  if (scope) made.scope = scope;
  made.textContent = text;
  return made;
}

export default function ({ data, parentElement, setStateValue }) {
  const table = parentElement.querySelector("table");
  const pick = (name) => {
    const picked = table.dataset.picked === name ? null : name;
    mark(picked);
    setStateValue("picked", picked);
  };
  const mark = (picked) => {
    if (picked === null) delete table.dataset.picked; else table.dataset.picked = picked;
    for (const row of table.tBodies[0].rows) row.setAttribute("aria-selected", String(row.dataset.name === picked));
  };
  table.setAttribute("aria-label", data.told);
  const head = document.createElement("tr");
  head.append(...data.columns.map((name) => cell("th", name, "col")));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...data.rows.map(([name, ...figures]) => {
    const row = document.createElement("tr");
    row.dataset.name = name;
    const first = cell("th", "", "row");
    const button = cell("button", name);
    button.type = "button";
    button.title = name;
    first.append(button);
    row.append(first, ...figures.map((figure) => cell("td", figure)));
    row.addEventListener("click", () => pick(name));
    return row;
  }));
  mark(data.picked);
}
"""


def show(columns: Sequence[str], rows: Sequence[Sequence[str]], *, told: str, key: str) -> int | None:
    """Draws it and gives the number of the row that is picked. Names in the first column differ from each other.

    `told` says what it shows, to those who do not see it.
    """
    names = [row[0] for row in rows]
    kept = st.session_state.get(key) or {}
    picked = kept.get("picked") if kept.get("picked") in names else None
    view = st.components.v2.component("figure_table", html=_HTML, css=_CSS, js=_JS)
    view(
        data={"columns": list(columns), "rows": [list(row) for row in rows], "picked": picked, "told": told},
        key=key,
        on_picked_change=lambda: None,
    )
    return None if picked is None else names.index(picked)
