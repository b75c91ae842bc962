"""Why a sentence stands as it does: one short sentence for its reader."""

from collections.abc import Sequence

from guards.support.features import Features

FOREIGN = "Written in another language than the passages: please compare it yourself."
NOT_ENTAILED = "The model that compares sentences with passages does not find it there."
NO_WORDS = "Hardly any of its words stand in the passages."
FEW_WORDS = "Only some of its words stand in the passages."
APART = "Its words stand in the passages, but not together."
DENIES = "It denies something that the nearest passage does not deny."
MOST_NAMED = 3
MANY, FEW = 0.7, 0.2  # shares of a sentence's words


def nowhere(said: Sequence[str]) -> str:
    """Of figures or names that stand in no passage."""
    return f"{_listed(said)} {'stands' if len(said) == 1 else 'stand'} in none of the passages."


def counted(said: Sequence[str]) -> str:
    """Of small numbers in words."""
    return f"{nowhere(said)[:-1]}; it may have been counted."


def other_words(said: Sequence[str]) -> str:
    """Of figures that the passages have for something else."""
    return f"{_listed(said)} {'stands' if len(said) == 1 else 'stand'} in the passages, but beside other words."


def reason(features: Features) -> str:
    """What speaks most against a sentence."""
    if features.names:
        return nowhere(features.names)
    if features.denies:
        return DENIES
    if features.estranged:
        return other_words(features.estranged)
    if features.covered >= MANY:
        return APART
    return FEW_WORDS if features.covered >= FEW else NO_WORDS


def _listed(said: Sequence[str]) -> str:
    quoted = [f"“{one}”" for one in dict.fromkeys(said)][:MOST_NAMED]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
