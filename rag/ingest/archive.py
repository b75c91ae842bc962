"""ZIP archives: the files in them that can be read, within limits, and a word about each that was left out.

Nothing is ever written: a member is bytes with a label. Archives in an archive are unpacked too, but not those in
them, so what comes out of here holds no archive any more.
"""

import zipfile
from io import BytesIO
from pathlib import PurePath

from rag.ingest.content import Finding, InnerFile, Unpacked, Unreadable
from rag.ingest.extract import MAX_BYTES
from rag.ingest.formats import OLD, SUPPORTED
from rag.ingest.inner import clean_path
from rag.ingest.numbers import named
from rag.ingest.packages import BROKEN, is_bomb
from rag.ingest.reporting import report

MOST_FILES = 2000
MOST_BYTES = 250_000_000  # of all members unpacked
_DEEPEST = 1  # archives within the archive
_LOCKED = "they are protected by a password"
_KIND = "their kind cannot be read"


def read(data: bytes, name: str) -> Unpacked:
    """The files of a `.zip`. Raises `Unreadable`: damaged, encrypted, or empty when nothing in it can be read."""
    unpacking = _Unpacking()
    try:
        unpacking.add(data, "", depth=0)
    except BROKEN as error:
        raise Unreadable("damaged", f"{name} is damaged or cut short; pack it again.") from error
    sentences = unpacking.sentences()
    if unpacking.files:
        return Unpacked(tuple(unpacking.files), tuple(Finding("left_out", sentence) for sentence in sentences))
    if _LOCKED in unpacking.left_out:
        raise Unreadable("encrypted", f"{name} is protected by a password; unpack it and add the files in it.")
    why = " ".join(sentences) or "Add one with files in it."
    raise Unreadable("empty", f"{name} holds no file that can be read. {why}")


class _Unpacking:
    """Takes members out until a limit is reached, and keeps the names of those that stayed behind, by reason."""

    def __init__(self) -> None:
        self.files: list[InnerFile] = []
        self.left_out: dict[str, list[str]] = {}
        self.size = 0

    def sentences(self) -> list[str]:
        return [f"Left out because {reason}: {named(paths)}." for reason, paths in self.left_out.items()]

    def add(self, data: bytes, above: str, *, depth: int) -> None:
        """Add the members of an archive that stands at `above`. Raises what zipfile does for a broken one."""
        with zipfile.ZipFile(BytesIO(data)) as package:
            members = [member for member in package.infolist() if not member.is_dir()]
            for done, member in enumerate(members, start=1):
                path = "/".join(filter(None, (above, clean_path(member.filename))))
                if not _is_hidden(path):
                    self._take(package, member, path, depth)
                if depth == 0:
                    report(done, len(members))

    def _take(self, package: zipfile.ZipFile, member: zipfile.ZipInfo, path: str, depth: int) -> None:
        reason = self._reason_against(member, path, depth)
        if not reason:
            try:
                with package.open(member) as stream:
                    data = stream.read(MAX_BYTES + 1)
                self.size += len(data)
                if path.lower().endswith(".zip"):
                    self.add(data, path, depth=depth + 1)
                elif data:
                    self.files.append(InnerFile(path, data))
            except BROKEN:
                reason = "they are damaged"
        if reason:
            self.left_out.setdefault(reason, []).append(path)

    def _reason_against(self, member: zipfile.ZipInfo, path: str, depth: int) -> str:
        """Why the member stays behind, in words that end "Left out because"; empty for one that is taken."""
        suffix = PurePath(path).suffix.lower()
        if suffix not in SUPPORTED and suffix not in OLD:
            return _KIND
        if member.flag_bits & 1:
            return _LOCKED
        if suffix == ".zip" and depth >= _DEEPEST:
            return "they are archives within archives of this archive"
        if member.file_size > MAX_BYTES:
            return f"they are larger than {MAX_BYTES // 1_000_000} MB"
        if is_bomb(member):
            return "they unpack to far more than honest files do"
        if len(self.files) >= MOST_FILES:
            return f"the archive holds more than {MOST_FILES:,} files"
        if self.size + member.file_size > MOST_BYTES:
            return f"the files together are larger than {MOST_BYTES // 1_000_000} MB"
        return ""


def _is_hidden(path: str) -> bool:
    """Whether an operating system put the file there for itself, or its owner hid it."""
    steps = path.split("/")
    return not path or steps[-1] in ("Thumbs.db", "desktop.ini") or any(s.startswith((".", "__MACOSX")) for s in steps)
