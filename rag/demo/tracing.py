"""Invented traces: passages, tokens, times and cost of an answer, as the writers behind demo data would have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from rag.demo.library import Place
from rag.demo.writing import EXTRACTIVE, LARGE, SECOND, SMALL, Written
from store.records import ChunkRecord

TOKEN = 4  # characters
FOUND = 6  # passages


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast and how dear a writer is."""

    first_ms: float  # the median until its first text
    token_ms: float
    usd_in: float  # of a million tokens
    usd_out: float


PACES = {
    LARGE: Pace(1250, 16, 2.5, 10.0),
    SMALL: Pace(520, 8, 0.15, 0.6),
    EXTRACTIVE: Pace(45, 0.1, 0.0, 0.0),
}


def trace(
    random: Random,
    answer: Written,
    query: str,
    asked: "Mapping[str, Any]",
    at: datetime,
) -> dict[str, Any]:
    """A trace's row; `asked` has prompt, writer, settings and rewritten_by."""
    writer = asked["writer"]
    passages = _passages(random, answer.places) if writer else []
    usage = _usage(answer, asked["prompt"], passages, writer)
    return {
        "id": f"{random.getrandbits(128):032x}",
        "query": query,
        "rewritten_by": asked["rewritten_by"],
        "prompt": asked["prompt"] if writer else "",
        "passages": passages,
        "settings": asked["settings"],
        "usage": usage,
        "timings_ms": _timings(random, answer, writer, usage["output_tokens"]),
        "notes": [f"{writer} wrote"] if writer else [],
        "parts": [{"writer": writer, "start": 0, "end": len(answer.text)}] if answer.support else [],
        "support": list(answer.support),
        "scores": {
            "question/injection": round(0.93 + random.random() * 0.07, 4)
            if answer.kind == "refused"
            else round(random.betavariate(1, 14), 4),
            "question/secrets": 0.0,
            "question/toxicity": round(random.betavariate(1, 60), 4),
        },
        "cost_usd": _cost(writer, usage),
        "created_at": at,
    }


def _usage(answer: Written, prompt: str, passages: Sequence[Mapping[str, Any]], writer: str | None) -> dict[str, Any]:
    asked = writer in (LARGE, SMALL)
    rules = 760 if prompt == SECOND else 690
    words = sum(one["end"] - one["start"] for one in passages)
    written = (len(answer.text) + sum(len(one["quote"]) for one in answer.citations)) // TOKEN + 40
    return {
        "input_tokens": rules + words // TOKEN if asked else 0,
        "output_tokens": written if asked else 0,
        "estimated": False,
        "cached_tokens": 0,
    }


def _cost(writer: str | None, usage: Mapping[str, Any]) -> float:
    pace = PACES[writer or EXTRACTIVE]
    usd: float = (usage["input_tokens"] * pace.usd_in + usage["output_tokens"] * pace.usd_out) / 1e6
    return round(usd, 6)


def _timings(random: Random, answer: Written, writer: str | None, tokens: int) -> dict[str, float]:
    checked = round(random.uniform(2, 9), 1)
    if writer is None:
        return {"checked": checked, "refused": checked, "total": checked}
    pace = PACES[writer]
    retrieved = checked + random.lognormvariate(3.6, 0.35)
    first = retrieved + pace.first_ms * random.lognormvariate(0, 0.35)
    total = first + tokens * pace.token_ms * random.lognormvariate(0, 0.2)
    end = "answered" if answer.support else "failed" if answer.kind == "failed" else "not_found"
    steps = {"checked": checked, "rewritten": checked, "retrieved": retrieved, "writing": retrieved + 1}
    if answer.text and answer.kind != "failed":
        steps["first_text"] = first
    return {step: round(at, 1) for step, at in (steps | {end: total, "total": total}).items()}


def _passages(random: Random, places: Sequence[Place]) -> list[dict[str, Any]]:
    """What was found: the cited chunks first, then others of their documents."""
    found = [one for place in places for one in place.passages()[:1]]
    found += [one for place in places for one in place.passages()[1:]]
    distinct = {chunk.id: (chunk, title) for chunk, title in found}
    relevance, passages = 0.97, []
    for number, (chunk, title) in enumerate(list(distinct.values())[:FOUND], start=1):
        relevance *= random.uniform(0.75, 0.98)
        passages.append(_passage(number, chunk, title, relevance))
    return passages


def _passage(number: int, chunk: ChunkRecord, title: str, relevance: float) -> dict[str, Any]:
    return {
        "number": number,
        "chunk_ids": [chunk.id],
        "document_id": chunk.document_id,
        "document": title,
        "places": [{"start": chunk.start, "section": chunk.section, "page": chunk.page}],
        "start": chunk.start,
        "end": chunk.end,
        "relevance": round(relevance, 4),
        "lexical": round(relevance * 0.95, 4),
        "vector": round(0.25 + relevance / 2, 4),
        "version": chunk.version,
    }
