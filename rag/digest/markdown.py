"""A report as Markdown: the same words and figures, in tables instead of charts."""

import re
from collections.abc import Iterable, Sequence

from rag import measures
from rag.digest import words
from rag.digest.report import Line, Report, Waiting
from rag.figures import told
from rag.quality import Group
from rag.stretches import Stretch

ACROSS = ("answers", "resolved", "rated_up", "supported", "total_p50")
_SIGNS = re.compile(r"([\\`*_\[\]|<>~$&])|^([-+#=]|\d+(?=[.)]))")


def page(report: Report, link: str) -> str:
    """`link` is where the app is found; words that people wrote are escaped."""
    return "\n\n".join(part for part in _parts(report, link.rstrip("/")) if part) + "\n"


def plain(text: str) -> str:
    """Text on one line in which no sign is read as Markdown or HTML."""
    return _SIGNS.sub(_escaped, " ".join(text.split()))


def _escaped(sign: re.Match[str]) -> str:
    return f"{sign[0]}\\" if sign[0].isdigit() else f"\\{sign[0]}"


def _parts(report: Report, link: str) -> Iterable[str]:
    yield f"# {plain(words.title(report))}"
    yield f"{words.against(report)} {words.BEHIND}"
    yield f"> {words.demo(report)}" if report.demo else ""
    if report.is_empty:
        yield words.EMPTY
    else:
        yield _table(("", "These days", "Before"), words.sums(report))
        yield "## What changed"
        yield "\n".join(f"- **{verdict}** {plain(said)}" for verdict, said in words.changes(report)) or words.NOT_TOLD
        yield "## All figures"
        rows = ((row.name, row.now, row.before, f"{row.verdict} {row.gap}".strip()) for row in report.rows)
        yield _table(("", "These days", "Before", "Change"), rows)
        yield _groups("## Week by week", [(_days(one), one) for one in report.along])
        yield _groups("## By prompt version", [(one.name, one) for one in report.prompts])
        yield _groups("## By topic", [(one.name, one) for one in report.topics])
        yield _reasons(report)
    for heading, what, waiting in words.waiting(report):
        yield f"## {heading}"
        yield _waiting(what, waiting, link)
    yield f"Made on {report.made_at:%d %B %Y, %H:%M} UTC. Personal data is hidden."


def _days(stretch: Stretch) -> str:
    return (
        f"{stretch.first:%d %b}" if stretch.first == stretch.last else f"{stretch.first:%d %b} to {stretch.last:%d %b}"
    )


def _groups(heading: str, groups: Sequence[tuple[str, Group | Stretch]]) -> str:
    if len(groups) < 2:
        return ""
    shown = [measures.BY_KEY[key] for key in ACROSS]
    rows = ((name, *(told(measure.of(one.counted)) for measure in shown)) for name, one in groups)
    return f"{heading}\n\n{_table(('', *(measure.name for measure in shown)), rows)}"


def _reasons(report: Report) -> str:
    if not report.reasons:
        return ""
    return "## What readers said was wrong\n\n" + "\n".join(
        f"- {plain(reason)}: {count:,}" for reason, count in report.reasons
    )


def _waiting(what: str, waiting: Waiting, link: str) -> str:
    if not waiting.first:
        return "None."
    lines = [f"{number}. {_line(line, link)}" for number, line in enumerate(waiting.first, start=1)]
    return "\n\n".join(filter(None, (what, "\n".join(lines), words.more(waiting))))


def _line(line: Line, link: str) -> str:
    said = plain(line.words)
    if line.answer_id is not None:
        said = f"[{said}]({link}/review?item={line.answer_id})"
    return f"{said} ({plain(line.why)})" if line.why else said


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([plain(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
