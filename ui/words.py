"""Words for numbers."""


def counted(number: int, noun: str) -> str:
    """Such as "1 chunk" and "2 chunks"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def size(number: int) -> str:
    """A number of bytes, such as "1.2 MB"."""
    if number < 1e5:
        return f"{number / 1e3:.1f} kB"
    return f"{number / 1e6:,.1f} MB"


def about(seconds: float) -> str:
    """A stretch of time as people say it, such as "about 40 s"."""
    if seconds < 60:
        return f"about {max(5, 5 * round(seconds / 5))} s"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min"
    return f"about {round(seconds / 3600)} h"
