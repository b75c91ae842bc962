"""Training data as a zip: a file for each side of the split, a manifest that counts, and whose words these are."""

import hashlib
import json
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from rag.exports.cells import json_line, whole
from rag.exports.licence import notice
from rag.exports.training import Draw, split
from rag.models.prices import tokens

SPLITS = ("train", "validation")
OTHER_SIDE = "its question stands on the other side of the split"
BY = {
    "rating": "what readers said: thumbs up, and corrections",
    "approval": "what reviewers approved",
    "judge": "the app's own checks: every sentence supported, no guard and no conflict of sources; no model judges",
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


def pack(draw: Draw, out: BinaryIO) -> dict[str, Any]:
    """Writes the zip; gives the manifest in it. Memory grows by about a kilobyte an example.

    Raises Unavailable, OSError.
    """
    sides = {name: _Side() for name in SPLITS}
    seen: dict[str, Counter[str]] = {name: Counter() for name in ("writers", "documents", "prompts", "masked")}
    with TemporaryDirectory() as folder, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(draw, Path(folder), sides, seen)
        kept = {f"{name}.jsonl": side.told() for name, side in sides.items() if side.rows}
        for name in kept:
            archive.write(Path(folder) / name, name)
        manifest = _manifest(draw, kept, seen)
        archive.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        archive.writestr("NOTICE.md", notice(draw.wanted, seen["writers"], seen["documents"], draw.settings.models))
    return manifest


def _write(draw: Draw, folder: Path, sides: Mapping[str, _Side], seen: Mapping[str, Counter[str]]) -> None:
    with (folder / "train.jsonl").open("wb") as train, (folder / "validation.jsonl").open("wb") as validation:
        files = {"train": train, "validation": validation}
        asked: dict[bytes, str] = {}  # on which side a question stands
        for example in draw.examples():
            name = split(example.person_id, draw.wanted.validation)
            question = hashlib.blake2b(example.asked.encode("utf-8", "replace"), digest_size=12).digest()
            if asked.setdefault(question, name) != name:
                draw.dropped[OTHER_SIDE] = draw.dropped.get(OTHER_SIDE, 0) + 1
                continue
            line = json_line(example.row(draw.wanted.form)).encode()
            files[name].write(line)
            side = sides[name]
            side.rows, side.bytes = side.rows + 1, side.bytes + len(line)
            said = [*(text for _, text in example.sent), example.reply, example.worse or ""]
            side.tokens_estimated += sum(map(tokens, said))
            side.readers.add(example.person_id)
            side.digest.update(line)
            seen["writers"].update(map(whole, example.writers))
            seen["documents"].update(map(whole, example.documents))
            seen["prompts"][example.prompt] += 1
            seen["masked"].update(example.masked)


def _manifest(draw: Draw, files: Mapping[str, Any], seen: Mapping[str, Counter[str]]) -> dict[str, Any]:
    wanted = draw.wanted
    named = {name: value for name, value in asdict(wanted.filter).items() if name != "unmasked"}
    asked = {name: str(value) for name, value in named.items() if value not in (None, "")}
    return {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "made_by": f"footnote {version('footnote')}",
        "form": wanted.form,
        "chosen_by": {"by": wanted.by, "means": BY[wanted.by]},
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
