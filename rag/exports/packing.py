"""Training data as a zip: a file for each side of the split, a manifest that counts, and whose words these are."""

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from tempfile import TemporaryFile
from typing import IO, Any, BinaryIO

from rag.exports.cells import json_line, whole
from rag.exports.examples import Example
from rag.exports.licence import notice
from rag.exports.training import Draw, Split, split
from rag.models.prices import tokens

SPLITS: tuple[Split, ...] = ("train", "validation")
PIECE = 1 << 16  # bytes
OTHER_SIDE = "its question stands on the other side of the split"
BY = {
    "rating": "what readers said: thumbs up, and corrections",
    "approval": "what reviewers approved",
    "checks": "the app's own checks: every sentence supported, no guard and no conflict of sources; no model judges",
    "judge": "a model as judge: faithful to the passages and useful to who asked, and not rated down",
}


@dataclass(slots=True)
class _Side:
    """What one file holds."""

    rows: int = 0
    bytes: int = 0
    tokens_estimated: int = 0
    readers: set[str] = field(default_factory=set)
    digest: Any = field(default_factory=hashlib.sha256)

    def told(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "bytes": self.bytes,
            "readers": len(self.readers),
            "tokens_estimated": self.tokens_estimated,
            "sha256": self.digest.hexdigest(),
        }


def packed(draw: Draw) -> Generator[bytes, None, dict[str, Any]]:
    """The zip as it grows, in pieces; gives the manifest in it.

    Memory grows by about a kilobyte an example. What is held out for validation waits on disk, in a file without a
    name, since one file of an archive is written after the other. Raises Unavailable, OSError: what was given until
    then is no archive.
    """
    sides = {name: _Side() for name in SPLITS}
    seen: dict[str, Counter[str]] = {name: Counter() for name in ("writers", "documents", "prompts", "masked")}
    out = _Growing()
    with TemporaryFile() as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with ExitStack() as stack:
            train: IO[bytes] | None = None
            for example, name in _kept(draw):
                line = json_line(example.row(draw.wanted.form)).encode()
                _count(example, line, sides[name], seen)
                if name == "train" and train is None:
                    train = stack.enter_context(archive.open("train.jsonl", "w", force_zip64=True))
                (train if train and name == "train" else held).write(line)
                if out.is_due:
                    yield out.taken()
        if held.tell():
            yield from _copied(held, archive, "validation.jsonl", out)
        kept = {f"{name}.jsonl": side.told() for name, side in sides.items() if side.rows}
        manifest = _manifest(draw, kept, seen)
        archive.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        archive.writestr("NOTICE.md", notice(draw.wanted, seen["writers"], seen["documents"], draw.settings.models))
    yield out.taken()
    return manifest


def _kept(draw: Draw) -> Iterator[tuple[Example, Split]]:
    """The examples with their sides, without those whose question stands on the other one."""
    asked: dict[bytes, str] = {}  # on which side a question stands
    for example in draw.examples():
        name = split(example.person_id, draw.wanted.validation)
        question = hashlib.blake2b(example.asked.encode("utf-8", "replace"), digest_size=12).digest()
        if asked.setdefault(question, name) == name:
            yield example, name
        else:
            draw.dropped[OTHER_SIDE] = draw.dropped.get(OTHER_SIDE, 0) + 1


def _count(example: Example, line: bytes, side: _Side, seen: Mapping[str, Counter[str]]) -> None:
    side.rows, side.bytes = side.rows + 1, side.bytes + len(line)
    said = [*(text for _, text in example.sent), example.reply, example.worse or ""]
    side.tokens_estimated += sum(map(tokens, said))
    side.readers.add(example.person_id)
    side.digest.update(line)
    seen["writers"].update(map(whole, example.writers))
    seen["documents"].update(map(whole, example.documents))
    seen["prompts"][example.prompt] += 1
    seen["masked"].update(example.masked)


def _copied(held: IO[bytes], archive: zipfile.ZipFile, name: str, out: "_Growing") -> Iterator[bytes]:
    held.seek(0)
    with archive.open(name, "w", force_zip64=True) as file:
        while piece := held.read(PIECE):
            file.write(piece)
            yield out.taken()


def pack(draw: Draw, out: BinaryIO) -> dict[str, Any]:
    """Writes the zip; gives the manifest in it. Raises Unavailable, OSError."""
    pieces = packed(draw)
    try:
        while True:
            out.write(next(pieces))
    except StopIteration as end:
        manifest: dict[str, Any] = end.value
        return manifest


class _Growing:
    """What an archive is written into, and taken out of again."""

    def __init__(self) -> None:
        self._held = bytearray()

    @property
    def is_due(self) -> bool:
        """Whether there is enough to be sent."""
        return len(self._held) >= PIECE

    def write(self, piece: bytes) -> int:
        self._held += piece
        return len(piece)

    def flush(self) -> None:
        """There is nowhere else to write to."""

    def close(self) -> None:
        """What was not taken is of no use."""

    def taken(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece


def _manifest(draw: Draw, files: Mapping[str, Any], seen: Mapping[str, Counter[str]]) -> dict[str, Any]:
    wanted = draw.wanted
    named = {name: value for name, value in asdict(wanted.filter).items() if name != "unmasked"}
    asked = {name: str(value) for name, value in named.items() if value not in (None, "")}
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_by": f"footnote {version('footnote')}",
        "form": wanted.form,
        "chosen_by": {"by": wanted.by, "means": BY[wanted.by], **({"judge": draw.judge} if draw.judge else {})},
        "filter": asked,
        "looked_at": draw.looked_at,
        "kept": sum(file["rows"] for file in files.values()),
        "dropped": dict(sorted(draw.dropped.items())),
        "files": files,
        "split": {
            "validation_share": wanted.validation,
            "how": "by a stable hash of the reader: nobody's examples are on both sides, in this export or the next; "
            "an example whose question stands on the other side is left out",
        },
        "masked": {"kinds": sorted(wanted.kinds), "values": dict(seen["masked"])},
        "prompts": dict(seen["prompts"]),
        "writers": dict(seen["writers"]),
        "documents": dict(seen["documents"]),
    }
