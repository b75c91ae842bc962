"""Compound files (OLE2), the containers of old office files and Outlook's mails, as small as they can be, for tests.

By [MS-CFB], version 3: sectors of 512 bytes, one sector of allocation table, no small streams.
"""

import struct
from itertools import pairwise

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_LEAST = 4096  # bytes; shorter streams would have to be small ones


def compound(streams: dict[str, bytes]) -> bytes:
    """A file with those streams at its root, each filled up with zeros to a size that needs no small stream."""
    padded = {
        name: data.ljust(max(_LEAST, -(-len(data) // _SECTOR) * _SECTOR), b"\0") for name, data in streams.items()
    }
    directory_sectors = -(-(len(padded) + 1) // 4)
    chains = [list(range(1, 1 + directory_sectors))]
    for data in padded.values():
        start = chains[-1][-1] + 1
        chains.append(list(range(start, start + len(data) // _SECTOR)))
    table = [_FREE] * (_SECTOR // 4)
    table[0] = _TABLE
    for chain in chains:
        for one, following in pairwise(chain):
            table[one] = following
        table[chain[-1]] = _END
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for place, ((name, data), chain) in enumerate(zip(padded.items(), chains[1:], strict=True), start=1):
        right = place + 1 if place < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=chain[0], size=len(data)))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, _LEAST, _END, 0, _END, 0, 0) + struct.pack("<I", _FREE) * 108
    return head + struct.pack(f"<{len(table)}I", *table) + directory + b"".join(padded.values())


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", _FREE, right, child)
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBB", len(written), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
