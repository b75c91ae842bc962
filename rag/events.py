"""The events of one answer, in order: what the page, the API, the command line and the trace all read.

Told apart by `kind`, not by class: after a hot reload, caches still hold objects of the old classes.
The stream ends with exactly one of `answered`, `not_found`, `refused` and `failed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from guards.verdicts import Ruling, Stand
from rag.types import Answer, Query, Retrieval


@dataclass(frozen=True, slots=True)
class Checked:
    """The question passed its guards; `question` is its cleaned text."""

    question: str
    scores: Mapping[str, float] = field(default_factory=dict)  # how sure each guard was that something is wrong
    kind: Literal["checked"] = "checked"


@dataclass(frozen=True, slots=True)
class Guarded:
    """Guards found something in a text, or are broken."""

    stand: Stand
    ruling: Ruling
    kind: Literal["guarded"] = "guarded"


@dataclass(frozen=True, slots=True)
class Rewritten:
    query: Query
    kind: Literal["rewritten"] = "rewritten"


@dataclass(frozen=True, slots=True)
class Retrieved:
    retrieval: Retrieval
    kind: Literal["retrieved"] = "retrieved"


@dataclass(frozen=True, slots=True)
class Writing:
    """A writer starts, or starts again (`attempt` 2: it was asked to mend its draft)."""

    writer: str
    attempt: int = 1
    kind: Literal["writing"] = "writing"


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the answer's text."""

    text: str
    kind: Literal["text_delta"] = "text_delta"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A writer failed (`problem`, see rag/problems.py) and the next one goes on; shown text stays."""

    writer: str
    problem: str
    kind: Literal["handed_over"] = "handed_over"


@dataclass(frozen=True, slots=True)
class Revised:
    """What was shown is replaced: `text` is everything to show from now on, `why` says the reason."""

    text: str
    why: str
    kind: Literal["revised"] = "revised"


@dataclass(frozen=True, slots=True)
class Noted:
    """Something for the trace alone, such as what was repaired; no words of documents or readers."""

    note: str
    kind: Literal["noted"] = "noted"


@dataclass(frozen=True, slots=True)
class Answered:
    answer: Answer
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class NotFound:
    """The documents do not hold an answer; the nearest passages are in the `retrieved` event."""

    answer: Answer
    kind: Literal["not_found"] = "not_found"


@dataclass(frozen=True, slots=True)
class Refused:
    answer: Answer
    kind: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class Failed:
    answer: Answer
    kind: Literal["failed"] = "failed"


Last = Answered | NotFound | Refused | Failed
Event = Checked | Guarded | Rewritten | Retrieved | Writing | TextDelta | HandedOver | Revised | Noted | Last
