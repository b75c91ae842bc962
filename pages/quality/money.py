"""Amounts that were reckoned, with no more digits than they are worth, and the interval in which they lie."""

import math


def about(number: float) -> str:
    """With two digits that count, such as "1,200" and "35"."""
    if number <= 0:
        return "0"
    size = 10.0 ** (math.floor(math.log10(number)) - 1)
    rounded = round(number / size) * size
    return f"{rounded:,.0f}" if rounded >= 10 else f"{rounded:,.2g}"


def between(value: float, low: float, high: float) -> str:
    """Such as "1,200 (900 to 1,500)"."""
    words = about(value), about(low), about(high)
    return words[0] if len(set(words)) == 1 else f"{words[0]} ({words[1]} to {words[2]})"


def exact(amount: float | None) -> str:
    """Of one question: small, and with the digits that tell prices apart."""
    return "–" if amount is None else f"{amount:,.2f}" if amount >= 1 else f"{amount:.3g}"


def questions(number: float | None) -> str:
    """Of a break-even."""
    return "never" if number is None else f"{about(number)} a month"
