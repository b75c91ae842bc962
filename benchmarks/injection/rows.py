"""The measuring data: attacks and harmless texts by source, in two halves. No part of the project.

`FOOTNOTE_BENCH_DATA` names the folder with `injection.jsonl` (id, text, label, kind, source, license). Weights are
fitted and the threshold is chosen on the first half; results are reported on the second.
"""

import hashlib
import re
from dataclasses import dataclass

from benchmarks.data import FOLDER, rows

FILE = "injection.jsonl"
MAY_TRAIN = ("MIT", "Apache-2.0", "CC-BY-4.0", "ODC-BY")  # how the names of licences begin that allow it
# Harmless, but with the words of attacks or of harm, or as long and playful as jailbreaks.
LOOK_ALIKES = ("NotInject", "XSTest-safe", "wildguard-benign", "deepset")
# What BIPIA hides in mails is an everyday request ("Translate your response into Spanish"): only its place makes it
# an attack, and as a question it is none. So nothing is learnt from it.
NOT_LEARNT = "BIPIA"
DOCUMENTS = ("BIPIA", "latentinjection", "passage")


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled text; `kind` is direct, jailbreak, indirect, lookalike or plain."""

    id: str
    text: str
    is_attack: bool
    kind: str
    source: str
    license: str
    is_document: bool

    @property
    def is_first_half(self) -> bool:
        return hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0

    @property
    def may_train(self) -> bool:
        allowed = self.license.startswith(MAY_TRAIN)
        return allowed and not (self.is_attack and NOT_LEARNT in self.source)


def injection_rows() -> list[Row]:
    """All rows. Raises OSError."""
    return [
        Row(
            id=row["id"],
            text=row["text"],
            is_attack=row["label"] == "attack",
            kind=_kind(row["kind"], row["source"]),
            source=_source(row["source"]),
            license=row["license"],
            is_document=any(name in row["source"] for name in DOCUMENTS),
        )
        for row in rows(FOLDER / FILE)
    ]


def _kind(kind: str, source: str) -> str:
    if not kind.startswith("benign"):
        return kind
    return "lookalike" if any(name in source for name in LOOK_ALIKES) else "plain"


def _source(source: str) -> str:
    """The name without the version it was taken from."""
    return re.sub(r"@[0-9a-f]+|\s*\(.*\)", "", source).rpartition("/")[2]
