"""Words for numbers."""


def counted(number: int, noun: str) -> str:
    """Such as "1 chunk" and "2 chunks"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
