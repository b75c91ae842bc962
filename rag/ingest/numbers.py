"""Numbers of pages, slides and lines in words for people: `Pages 3 to 5 and 9 are`."""

from collections.abc import Sequence


def listed(noun: str, numbers: Sequence[int]) -> str:
    """`Page 3 is`, `Pages 3 to 5 and 9 are`; the numbers are in order, and there is at least one."""
    if len(numbers) == 1:
        return f"{noun} {numbers[0]} is"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in _parts(run)]
    return f"{noun}s {', '.join(parts[:-1])} and {parts[-1]} are" if len(parts) > 1 else f"{noun}s {parts[0]} are"


def named(names: Sequence[str], most: int = 10) -> str:
    """Names one after the other, cut after `most` of them."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _parts(run: Sequence[int]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
