"""The sentences of a report, shared by its HTML and its Markdown."""

from rag.digest.report import Report, Waiting

MISSING = "What the documents do not answer"
EMPTY = "Nothing was asked in these days."
NOT_TOLD = "Nothing that can be told from chance: the intervals of both weeks overlap in all measures."
BEHIND = "Figures stand with the interval in which they lie, 95 times of 100. Below ten votes there is none."


def title(report: Report) -> str:
    return f"{report.brand}: {report.days}"


def against(report: Report) -> str:
    return f"Against {report.days_before}."


def demo(report: Report) -> str:
    """Says how much is invented; nothing where nothing is."""
    if not report.demo:
        return ""
    part = "All" if report.demo == report.answers else f"{report.demo:,} of {report.answers:,}"
    return f"Demo data: {part} answers in this report are invented. Remove them on the Review page."


def sums(report: Report) -> tuple[tuple[str, str, str], ...]:
    """Plain counts: their name, these days, the days before."""
    return (
        ("Answers", f"{report.answers:,}", f"{report.answers_before:,}"),
        ("People", f"{report.people:,}", f"{report.people_before:,}"),
        ("Cost", report.cost, report.cost_before),
    )


def changes(report: Report) -> list[tuple[str, str]]:
    """What got better and worse, as the verdict and a sentence."""
    return [
        (row.verdict, f"{row.name}: {row.now}, before {row.before}; {row.gap}")
        for row in (*report.better, *report.worse)
    ]


def waiting(report: Report) -> tuple[tuple[str, str, Waiting], ...]:
    """The lists of what somebody has to do: heading, what it is, the list."""
    return (
        ("Most worth reading", "Open items of these days, by what readers said and did.", report.worth),
        ("Replies owed", "Their readers wrote a comment or a correction, and heard nothing of it.", report.owed),
        (MISSING, "What people asked of which the documents say nothing, or not enough.", report.gaps),
        ("Open tasks about documents", "Whenever they were noted.", report.tasks),
        ("Verified answers that expired", "A source changed; they are not served any more.", report.expired),
    )


def more(waiting: Waiting) -> str:
    """How many there are beyond the list."""
    left = waiting.count - len(waiting.first)
    return f"and {left:,} more" if left > 0 and waiting.first else ""
