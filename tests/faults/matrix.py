"""The faults of a model's server and what each leads to: what test_models.py plays and docs/reliability.md shows.

`python -m tests.faults.matrix` writes it into the page.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

from rag.problems import CATALOGUE, Kind
from tests.model_server import (
    Behaviour,
    CleanCut,
    Cut,
    Endless,
    Erring,
    Garbage,
    HugeLine,
    Raw,
    Refuse,
    Reply,
    SlowHeaders,
    Stall,
    Status,
    Stutter,
    Thinking,
    ToolCall,
    WrongSchema,
)
from tests.rag.answering import HOTEL_SENTENCE

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
PLACE = re.compile(r"(<!-- table: faults -->\n).*?(<!-- end -->)", re.DOTALL)

ANSWER = f"{HOTEL_SENTENCE} [1]"
DRAFT = {"answer": ANSWER, "citations": [{"passage": 1, "quote": HOTEL_SENTENCE}], "answerable": True, "follow_ups": []}
BEGINNING = '{"answer": "A hotel night is reimb'
OWN = "A hotel night is "  # of the beginning, when another one ends the word
IN_JSON = f'{{"answer": "{ANSWER}", "citations": [{{"pass'
LONG_S = 60
AT_LAST = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

Address = Literal["refused", "unknown", "not TLS"]  # where no model's server is
Breaker = Literal["–", "counts", "rests at once"]
Again = Literal["", "tried again", "asked to mend it", "given less to read, twice"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a model, and what becomes of it; without a `kind` nobody is told."""

    name: str
    does: Behaviour | Address
    kind: Kind | None
    again: Again = ""
    breaker: Breaker = "counts"
    keeps: str = ""  # which of its words stay, when another model goes on
    strays: bool = False  # its words are another answer, which takes the place of half a sentence
    limits: Mapping[str, float] = field(default_factory=dict)  # of the model, in seconds, where one of them ends it

    @property
    def requests(self) -> int:
        """How many its server gets for one answer."""
        if isinstance(self.does, str):
            return 0
        return {"": 1, "tried again": 2, "asked to mend it": 2, "given less to read, twice": 3}[self.again]


def events(*data: object) -> Raw:
    """An event stream of these, as JSON or as they are."""
    return Raw(b"".join(b"data: %b\n\n" % (d if isinstance(d, bytes) else json.dumps(d).encode()) for d in data))


def chunk(text: str, finish: str | None = None) -> Mapping[str, object]:
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}


FIRST = {"first_token_timeout_s": 0.3}
STALL = {"stall_timeout_s": 0.3}
TOTAL = {"total_timeout_s": 0.8}
UNFINISHED = json.dumps(DRAFT)
ERROR = {"error": {"message": "overloaded", "type": "server_error", "code": None}}

FAULTS: Sequence[Fault] = (
    # the way to the server
    Fault("connection refused", "refused", "model_unreachable", "tried again"),
    Fault("unknown host", "unknown", "model_unreachable"),
    Fault("broken TLS", "not TLS", "model_unreachable"),
    Fault("closed without a word", Refuse(), "model_unreachable", "tried again"),
    # what the server says instead
    Fault("400", Status(400), "model_refused", breaker="–"),
    Fault("401", Status(401), "model_unauthorized", breaker="rests at once"),
    Fault("403", Status(403), "model_unauthorized", breaker="rests at once"),
    Fault("404", Status(404), "model_unreachable"),
    Fault("408", Status(408), "model_timeout", "tried again"),
    Fault("409", Status(409), "model_refused", "tried again", "–"),
    Fault("413", Status(413), "model_too_long", "given less to read, twice", "–"),
    Fault("429 without Retry-After", Status(429), "model_rate_limited", "tried again"),
    Fault("429 with a short one", Status(429, retry_after=0.05), "model_rate_limited", "tried again"),
    Fault("429 with a long one", Status(429, retry_after=90), "model_rate_limited", breaker="rests at once"),
    Fault("429 with a far date", Status(429, retry_after=AT_LAST), "model_rate_limited", breaker="rests at once"),
    Fault("429 with an empty account", Status(429, error_code="insufficient_quota"), "model_rate_limited"),
    Fault("500", Status(500), "model_error", "tried again"),
    Fault("502", Status(502), "model_error", "tried again"),
    Fault("503", Status(503), "model_error", "tried again"),
    Fault("504", Status(504), "model_timeout", "tried again"),
    Fault("200 with an error as its body", Raw(json.dumps(ERROR).encode(), "application/json"), "model_error"),
    Fault("200 with an error as its first event", events(ERROR), "model_error"),
    Fault("HTML instead of JSON", Raw(b"<html>busy</html>", "text/html"), "model_garbled"),
    # time
    Fault("slow headers", SlowHeaders(LONG_S), "model_timeout", limits=FIRST),
    Fault("half of the headers", SlowHeaders(LONG_S, half=True), "model_timeout", limits=FIRST),
    Fault("a stall before the first word", Stall("", LONG_S), "model_timeout", limits=FIRST),
    Fault("a stall in mid-stream", Stall(BEGINNING, LONG_S, chunk_size=99), "model_timeout", keeps=OWN, limits=STALL),
    Fault("endless words", Endless(), "model_timeout", strays=True, limits=TOTAL),
    Fault("endless reasoning", Thinking(words=10_000, delay_s=0.05), "model_timeout", limits=TOTAL),
    # the stream breaks off
    Fault("cut in a word", Cut(BEGINNING), "model_cut", keeps=OWN),
    Fault("cut in the JSON", Cut(IN_JSON), "model_cut", keeps=ANSWER),
    Fault("an error in mid-stream", Erring(BEGINNING), "model_error", keeps=OWN),
    Fault("ends in a word without an end", CleanCut(BEGINNING), "model_cut", keeps=OWN),
    Fault("empty choices", events({"choices": []}, b"[DONE]"), "model_cut", "tried again"),
    # what is no answer
    Fault("no events in the stream", Raw(b"busy\n\n"), "model_garbled"),
    Fault("no JSON in an event", events(b"<busy>"), "model_garbled"),
    Fault("invalid UTF-8", events(b'{"choices": "\xff\xfe"}'), "model_garbled"),
    Fault("one huge line", HugeLine(), "model_garbled"),
    Fault("a chunk sent twice", Stutter(), "model_garbled", "asked to mend it"),
    Fault("prose", Garbage(), "model_garbled", "asked to mend it"),
    Fault("another schema", WrongSchema(), "model_garbled", "asked to mend it"),
    Fault("an empty answer", Reply(""), "model_empty", "asked to mend it"),
    Fault("a tool call", ToolCall(), "model_empty", "asked to mend it"),
    Fault("a content filter", Reply("", finish_reason="content_filter"), "model_filtered", breaker="–"),
    # what can be borne
    Fault("no finish_reason", events(chunk(UNFINISHED), b"[DONE]"), None, breaker="–"),
    Fault("no [DONE]", events(chunk(UNFINISHED, "stop")), None, breaker="–"),
    Fault("neither finish_reason nor [DONE]", CleanCut(UNFINISHED), None, breaker="–"),
)


def markdown() -> str:
    """The table for the docs; faults that come to the same stand in one row."""
    lines = ["| fault | kind | the reader's line | once more | breaker |", "|---|---|---|---|---|"]
    for (kind, again, breaker, stays), faults in groupby(sorted(FAULTS, key=_order), key=_outcome):
        names = ", ".join(fault.name for fault in faults)
        said = f"*{CATALOGUE[kind].happened}*" if kind else "none: the answer is whole"
        stays_too = "; what was shown stays" if stays else ""
        lines.append(f"| {names} | {f'`{kind}`' if kind else '–'} | {said}{stays_too} | {again or '–'} | {breaker} |")
    return "\n".join(lines)


def _outcome(fault: Fault) -> tuple[Kind | None, Again, Breaker, bool]:
    return fault.kind, fault.again, fault.breaker, bool(fault.keeps)


def _order(fault: Fault) -> int:
    """By the first fault that comes to the same."""
    return next(place for place, one in enumerate(FAULTS) if _outcome(one) == _outcome(fault))


def in_page(page: str) -> str:
    """The page with the table as it is now."""
    return PLACE.sub(lambda marks: f"{marks[1]}\n{markdown()}\n\n{marks[2]}", page)


if __name__ == "__main__":
    PAGE.write_text(in_page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
