"""What quality is measured by: each measure with its meaning, and how its figure comes out of what was counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rag import figures
from rag.charts import Unit
from rag.counted import Counted
from rag.counting import Part
from rag.figures import Figure
from store.quality import STEP_MS
from store.records import AnswerTally, VisitTally

Better = Literal["higher", "lower", ""]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to measure."""

    key: str
    name: str
    of: Callable[[Counted], Figure]
    better: Better = ""
    unit: Unit = "share"
    behind: Mapping[str, Any] | None = None  # fields of an ItemFilter: the answers to look at; None: there are none

    @property
    def parts(self) -> tuple[Part, ...]:
        """What has to be counted for it besides answers."""
        signal = self.behind is not None and "signal" in self.behind
        return ("signals",) if signal else PARTS.get(self.key, ())

    @property
    def means(self) -> str:
        return MEANS[self.key]


def _answers(name: str) -> Callable[[Counted], Figure]:
    return lambda one: figures.share(getattr(one.answers, name), one.answers.answers, one.spreads.get(name))


def _rated(name: str, part: str) -> Callable[[Counted], Figure]:
    return lambda one: figures.share(
        getattr(one.answers, part), one.answers.up + one.answers.down, one.spreads.get(name)
    )


def _signal(kind: str) -> Callable[[Counted], Figure]:
    return lambda one: figures.share(one.signals[kind], one.answers.answers, one.spreads.get(kind))


def _first(part: float) -> Callable[[Counted], Figure]:
    return lambda one: figures.quantile(one.first, STEP_MS["first_ms"], part)


def _total(part: float) -> Callable[[Counted], Figure]:
    return lambda one: figures.quantile(one.total, STEP_MS["total_ms"], part)


def _unknown(one: AnswerTally) -> str:
    missing = one.answers - one.priced
    return f"cost of {missing:,} unknown" if missing else ""


def _cost(one: Counted) -> Figure:
    sums = one.answers
    return figures.mean("usd", sums.priced, sums.cost, sums.cost_squares, _unknown(sums), one.spreads.get("cost"))


def _cost_resolved(one: Counted) -> Figure:
    sums = one.answers
    known = sums.priced, sums.cost, sums.priced_resolved, sums.cost_squares, sums.cost_resolved
    return figures.ratio(*known, _unknown(sums), one.spreads.get("cost_resolved"))


def _cost_day(one: Counted) -> Figure:
    return figures.mean(
        "usd", len(one.daily), sum(one.daily), sum(cost**2 for cost in one.daily), _unknown(one.answers)
    )


def _questions(one: Counted) -> Figure:
    visits = one.visits or VisitTally()
    sums = visits.visits, visits.questions, visits.squares
    return figures.mean("number", *sums, spread=one.spreads.get("questions"))


def _returned(one: Counted) -> Figure:
    visits = one.visits or VisitTally()
    return figures.share(visits.returned, visits.old_enough, one.spreads.get("returned"))


PARTS: dict[str, tuple[Part, ...]] = {
    **dict.fromkeys(("first_p50", "first_p95"), ("first",)),
    **dict.fromkeys(("total_p50", "total_p95"), ("total",)),
    **dict.fromkeys(("visits", "questions", "returned"), ("visits",)),
    "cost_day": ("daily",),
}
MEANS = {
    "answers": "Answers that ended, whatever came of them.",
    "resolved": "Rated up; or answered and not rated down, corrected, asked again, rephrased, stopped or left.",
    "rated_up": "Thumbs up, of the answers that were rated.",
    "rated_down": "Thumbs down, of the answers that were rated.",
    "corrected": "Answers that their reader corrected.",
    "supported": "Of the sentences that claim something, those the cited passages support.",
    "unsupported": "Of the answers whose sentences were looked at.",
    "not_found": "Answers that say the documents do not tell.",
    "refused": "Questions that a guard stopped.",
    "failed": "Answers that came to nothing.",
    "copied": "Answers whose text was copied.",
    "citation_opened": "Answers of which a footnote was opened.",
    "follow_up": "Answers whose suggested question was asked.",
    "asked_again": "Answers whose question was asked once more.",
    "rephrased": "Answers whose question came again in other words within a minute.",
    "stopped": "Answers that their reader stopped.",
    "left": "Answers whose reader left at once.",
    "returned_to": "Answers to the first question of a reader who came back.",
    "first_p50": "Half of the answers began to show within this time.",
    "first_p95": "95 of 100 answers began to show within this time.",
    "total_p50": "Half of the answers were whole within this time.",
    "total_p95": "95 of 100 answers were whole within this time.",
    "cost": "Of the answers whose cost is known.",
    "cost_resolved": "What all answers cost, for each resolved question.",
    "cost_day": "Of the days on which something was asked.",
    "visits": "A reader's questions with no more than half an hour between them.",
    "questions": "How many are asked in one session.",
    "returned": "Sessions after which the reader came back within a week; of those more than a week ago.",
}
MEASURES = (
    Measure("answers", "Answers", lambda one: figures.plain(one.answers.answers), unit="number", behind={}),
    Measure("resolved", "Resolved", _answers("resolved"), "higher", behind={"resolved": False}),
    Measure(
        "rated_up",
        "Rated up",
        _rated("rated_up", "up"),
        "higher",
        behind={"rating": 1},
    ),
    Measure(
        "rated_down",
        "Rated down",
        _rated("rated_down", "down"),
        "lower",
        behind={"rating": -1},
    ),
    Measure("corrected", "Corrected", _answers("corrected"), "lower", behind={"corrected": True}),
    Measure(
        "supported",
        "Supported sentences",
        lambda one: figures.share(one.answers.supported, one.answers.sentences, one.spreads.get("supported")),
        "higher",
        behind={"support": "weak"},
    ),
    Measure(
        "unsupported",
        "With an unsupported sentence",
        lambda one: figures.share(one.answers.unsupported, one.answers.looked_at, one.spreads.get("unsupported")),
        "lower",
        behind={"support": "unsupported"},
    ),
    Measure("not_found", "Not in the documents", _answers("not_found"), "lower", behind={"state": "not_found"}),
    Measure("refused", "Refused", _answers("refused"), behind={"state": "refused"}),
    Measure("failed", "Failed", _answers("failed"), "lower", behind={"state": "failed"}),
    Measure("copied", "Copied", _signal("copied"), "higher", behind={"signal": "copied"}),
    Measure("citation_opened", "Citation opened", _signal("citation_opened"), behind={"signal": "citation_opened"}),
    Measure("follow_up", "Follow-up taken", _signal("follow_up"), behind={"signal": "follow_up"}),
    Measure("asked_again", "Asked again", _signal("asked_again"), "lower", behind={"signal": "asked_again"}),
    Measure("rephrased", "Rephrased", _signal("rephrased"), "lower", behind={"signal": "rephrased"}),
    Measure("stopped", "Stopped early", _signal("stopped"), "lower", behind={"signal": "stopped"}),
    Measure("left", "Left at once", _signal("left"), "lower", behind={"signal": "left"}),
    Measure("returned_to", "Came back to ask", _signal("returned"), behind={"signal": "returned"}),
    Measure("first_p50", "First words, half", _first(0.5), "lower", "ms", {}),
    Measure("first_p95", "First words, 95 of 100", _first(0.95), "lower", "ms", {}),
    Measure("total_p50", "Whole answer, half", _total(0.5), "lower", "ms", {}),
    Measure("total_p95", "Whole answer, 95 of 100", _total(0.95), "lower", "ms", {}),
    Measure("cost", "Cost of an answer", _cost, "lower", "usd", {}),
    Measure("cost_resolved", "Cost of a resolved question", _cost_resolved, "lower", "usd", {"resolved": True}),
    Measure("cost_day", "Cost of a day", _cost_day, "lower", "usd", {}),
    Measure(
        "visits",
        "Sessions",
        lambda one: figures.plain(one.visits.visits) if one.visits else Figure("number", None, count=figures.ENOUGH),
        unit="number",
    ),
    Measure("questions", "Questions a session", _questions, unit="number"),
    Measure("returned", "Return rate", _returned, "higher"),
)
BY_KEY = {one.key: one for one in MEASURES}
