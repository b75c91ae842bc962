"""Words for numbers and moments."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

STATES: Mapping[str, str] = {  # how an answer ended
    "answered": "answered",
    "not_found": "not in the documents",
    "refused": "refused",
    "failed": "failed",
    "stopped": "stopped",
    "interrupted": "interrupted",
    "writing": "being written",
}


def counted(number: int, noun: str) -> str:
    """Such as "1 chunk" and "2 chunks"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size(number: int) -> str:
    """A number of bytes, such as "1.2 MB"."""
    if number < 1e5:
        return f"{number / 1e3:.1f} kB"
    return f"{number / 1e6:,.1f} MB" if number < 1e9 else f"{number / 1e9:,.1f} GB"


def about(seconds: float) -> str:
    """A stretch of time as people say it, such as "about 40 s"."""
    if seconds < 60:
        return f"about {max(5, 5 * round(seconds / 5))} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    if seconds < 172_800:
        return f"about {round(seconds / 3600)} h"
    return f"about {round(seconds / 86400)} days"


def duration(ms: float | None) -> str:
    """A time as it was measured, such as "420 ms" and "1.9 s"; a dash when there is none."""
    if ms is None:
        return "–"
    return f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"


def money(usd: float) -> str:
    """An amount of US dollars; small ones with the digits that tell them from nothing."""
    return f"{usd:,.2f} USD" if usd >= 1 or not usd else f"{usd:.4f} USD"


def share(part: int, whole: int) -> str:
    """Such as "4 of 5", and from twenty on "98.5 % of 1,204". It is never rounded up to all."""
    if whole < 20:
        return f"{part} of {whole}"
    return f"{math.floor(1000 * part / whole) / 10:g} % of {whole:,}"


def clock(moment: datetime, zone: str | None = None) -> str:
    """A moment in the zone of whoever looks, such as "14:32", or "14:32 UTC" when the zone is not known."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}" if zone else f"{moment.astimezone(UTC):%H:%M} UTC"


def ago(moment: datetime, now: datetime) -> str:
    """How long it has been, such as "3 min ago"."""
    seconds = (now - moment).total_seconds()
    return "just now" if seconds < 60 else f"{about(seconds).removeprefix('about ')} ago"
