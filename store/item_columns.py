"""What the columns of an item are derived from: how much reading it is worth, and whether the question is resolved."""

from collections.abc import Collection
from typing import Any

from store.models import Feedback, Message, Trace, now

APPEALED = "appealed"  # known with the facets, but kept as a column
OUTDATED = "outdated"  # a cited document was replaced since, and the words cited do not stand in it any more
# How much reading an item is worth: what a reader took the trouble to say counts most, then what they did, then what
# the app itself doubts. Chosen by hand; docs/analysts.md says so, too.
WORTH = {
    "corrected": 40,
    "rated_down": 30,
    APPEALED: 25,
    "source_wrong": 20,
    "unsupported": 15,
    "conflict": 15,
    "rephrased": 12,
    "asked_again": 10,
    "failed": 10,
    "not_found": 8,
    "left": 6,
    "stopped": 6,
    "commented": 5,
    "weak": 5,
    "guard": 5,
    "rated_up": 2,
}
UNRESOLVING = frozenset({"asked_again", "rephrased", "stopped", "left"})  # signals that a question stayed open


def derived(
    answer: Message, feedback: Feedback | None, trace: Trace | None, facets: Collection[tuple[str, str]]
) -> dict[str, Any]:
    """The columns of an item that follow from the rest."""
    verdicts = {one["verdict"] for one in trace.support} if trace else set()
    support = next((one for one in ("unsupported", "weak", "supported") if one in verdicts), None)
    signals = {label for kind, label in facets if kind == "signal"}
    rating, corrected = (feedback.rating, feedback.correction is not None) if feedback else (0, False)
    open_still = answer.state != "answered" or rating < 0 or corrected or bool(signals & UNRESOLVING)
    return {
        "created_at": answer.created_at,
        "day": answer.created_at.date(),
        "state": answer.state,
        "writer": answer.writer,
        "prompt": trace.prompt if trace else "",
        "rating": rating,
        "corrected": corrected,
        "appealed": (APPEALED, "") in facets,
        "support": support,
        "sentences": answer.sentences or 0,
        "supported": answer.supported or 0,
        "resolved": rating > 0 or not open_still,
        "worth": sum(WORTH[mark] for mark in _marks(answer, feedback, facets, support)),
        "first_ms": trace.timings_ms.get("first_text") if trace else None,
        "total_ms": trace.timings_ms.get("total") if trace else None,
        "cost_usd": trace.cost_usd if trace else None,
        "input_tokens": trace.usage.get("input_tokens", 0) if trace else 0,
        "output_tokens": trace.usage.get("output_tokens", 0) if trace else 0,
        "changed_at": now(),
    }


def _marks(
    answer: Message, feedback: Feedback | None, facets: Collection[tuple[str, str]], support: str | None
) -> set[str]:
    """What makes an item worth reading. Not that a source was replaced later: many good answers are."""
    seen = [facet for facet in facets if facet != ("conflict", OUTDATED)]
    marks = {label if kind == "signal" else kind for kind, label in seen} | {answer.state or "", support or ""}
    if feedback:
        said = {
            "corrected": feedback.correction,
            "rated_down": feedback.rating < 0,
            "rated_up": feedback.rating > 0,
            "source_wrong": feedback.sources,
            "commented": feedback.comment,
        }
        marks |= {mark for mark, is_so in said.items() if is_so}
    return marks & WORTH.keys()
