"""A report as one HTML file: styles, charts and words in it, nothing fetched, no script."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from rag import charts, drawing, measures
from rag.digest import words
from rag.digest.report import Line, Report, Row, Waiting
from rag.figures import told
from rag.quality import Group

DRAWN = ("answers", "resolved", "supported", "total_p50")  # along the weeks until then
ACROSS = ("resolved", "rated_up", "supported", "total_p50")  # of prompts and topics
WIDTH = 334  # pixels of a chart: two stand beside each other, one on a telephone
_ID = re.compile(r'\b(id="|url\(#|href="#)')


def page(report: Report, link: str) -> str:
    """`link` is where the app is found, for the items that are named; words of readers are escaped."""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    title = escape(words.title(report))
    body = "\n".join(part for part in _parts(report, link.rstrip("/")) if part)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}<title>{title}</title>\n<style>\n{_style()}</style></head>\n'
        f"<body><main>\n{body}\n</main></body>\n</html>\n"
    )


def _parts(report: Report, link: str) -> Iterable[str]:
    yield f"<h1>{escape(words.title(report))}</h1>"
    yield f'<p class="quiet">{escape(words.against(report))} {escape(words.BEHIND)}</p>'
    yield f'<p class="note">{escape(words.demo(report))}</p>' if report.demo else ""
    if report.is_empty:
        yield f"<p>{words.EMPTY}</p>"
    else:
        yield _sums(report)
        yield "<h2>What changed</h2>"
        yield _changes(report)
        yield f'<div class="charts">{"".join(_chart(report, key, at) for at, key in enumerate(DRAWN))}</div>'
        yield "<h2>All figures</h2>"
        yield _figures(report.rows)
        yield _groups("By prompt version", report.prompts)
        yield _groups("By topic", report.topics)
        yield _reasons(report.reasons)
    for heading, what, waiting in words.waiting(report):
        yield _waiting(heading, what, waiting, link)
    yield f'<p class="quiet">Made on {report.made_at:%d %B %Y, %H:%M} UTC. Personal data is hidden.</p>'


def _sums(report: Report) -> str:
    cells = "".join(
        f'<td><span class="quiet">{escape(name)}</span><b>{escape(now)}</b><span class="quiet">before: '
        f"{escape(before)}</span></td>"
        for name, now, before in words.sums(report)
    )
    return f'<table class="sums" role="presentation"><tr>{cells}</tr></table>'


def _changes(report: Report) -> str:
    told = words.changes(report)
    if not told:
        return f"<p>{escape(words.NOT_TOLD)}</p>"
    items = (f'<li><span class="{verdict}">{verdict}</span> {escape(said)}</li>' for verdict, said in told)
    return f"<ul>{''.join(items)}</ul>"


def _chart(report: Report, key: str, number: int) -> str:
    """Ids within each drawing get its number: they are in one page now."""
    drawn = charts.svg(drawing.along(measures.BY_KEY[key], report.along), width=WIDTH)
    apart = _ID.sub(lambda found: f"{found[1]}c{number}-", drawn)
    return f'<div class="chart">{apart}</div>'


def _figures(rows: Sequence[Row]) -> str:
    heads = ("", "These days", "Before", "Change")
    return _table(heads, ((escape(row.name), escape(row.now), escape(row.before), _change(row)) for row in rows))


def _change(row: Row) -> str:
    said = escape(row.verdict)
    return f'<span class="{said}">{said}</span> {escape(row.gap)}' if row.gap else said


def _groups(heading: str, groups: Sequence[Group]) -> str:
    if len(groups) < 2:
        return ""
    shown = [measures.BY_KEY[key] for key in ACROSS]
    rows = (
        (
            escape(one.name),
            f"{one.counted.answers.answers:,}",
            *(escape(told(measure.of(one.counted))) for measure in shown),
        )
        for one in groups
    )
    return f"<h2>{escape(heading)}</h2>{_table(('', 'Answers', *(measure.name for measure in shown)), rows)}"


def _reasons(reasons: Sequence[tuple[str, int]]) -> str:
    if not reasons:
        return ""
    told = ", ".join(f"{escape(reason)} ({count:,})" for reason, count in reasons)
    return f"<h2>What readers said was wrong</h2><p>{told}</p>"


def _waiting(heading: str, what: str, waiting: Waiting, link: str) -> str:
    if not waiting.first:
        return f'<h2>{escape(heading)}</h2><p class="quiet">None.</p>'
    more = f'<p class="quiet">{words.more(waiting)}</p>' if words.more(waiting) else ""
    items = "".join(f"<li>{_line(line, link)}</li>" for line in waiting.first)
    return f'<h2>{escape(heading)}</h2><p class="quiet">{escape(what)}</p><ol>{items}</ol>{more}'


def _line(line: Line, link: str) -> str:
    said = escape(line.words)
    if line.answer_id is not None:
        said = f'<a href="{escape(link)}/review?item={line.answer_id}">{said}</a>'
    return f'{said} <span class="quiet">{escape(line.why)}</span>'


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML; each says what it is of, for narrow screens, where heads are not shown."""
    head = "".join(f"<th>{escape(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(map(_cell, heads, row))}</tr>" for row in rows)
    return f'<div class="wide"><table class="rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _cell(head: str, cell: str) -> str:
    return f'<td data-of="{escape(head)}">{cell}</td>' if head and cell else f"<td>{cell}</td>"


@cache
def _style() -> str:
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
