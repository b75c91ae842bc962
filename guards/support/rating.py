"""How likely the passages say what a sentence says: a probability, and the lines between the verdicts.

A logistic regression on the measures of guards/support/features.py, fitted on one half of public answers that people
judged (HaluEval, BEGIN, WiCE and SummEdits, each with the same weight; of an answer of several sentences the worst
one counts). `python -m benchmarks guards_support` fits it again on that half, and tests on the other.
"""

import math

from guards.support.features import MANY, Features

SUPPORTED = 0.4  # from here on: 12 % of supported answers of that half lie below, and 64 % of others
UNSUPPORTED = 0.2  # below: 4 % and 43 %
WORDS_COMPARED = 4  # a bare name or number is close in meaning to nothing

# Constant, then by the names of `measures`.
BY_WORDS = (-1.5, {"covered": 2.6, "paired": 1.2, "names": -1.1, "figures": -2.0, "estranged": -2.4, "denies": -1.4})
BY_MEANING = (
    -2.4,
    {
        "covered": 3.0,
        "paired": 0.7,
        "names": -1.1,
        "figures": -1.8,
        "estranged": -2.2,
        "denies": -1.2,
        "closeness": 1.0,
    },
)


def measures(features: Features, closeness: float | None = None) -> dict[str, float]:
    """The measures as numbers. `closeness` is the best cosine to a sentence of the passages, where it was looked at."""
    of_words = {
        "covered": features.covered,
        "paired": features.paired,
        "names": float(min(MANY, len(features.names))),
        "figures": float(min(MANY, len(features.figures) + len(features.counts))),
        "estranged": float(min(MANY, len(features.estranged))),
        "denies": float(features.denies),
    }
    return of_words if closeness is None else of_words | {"closeness": closeness}


def rated(features: Features, closeness: float | None = None) -> float:
    """From 0 to 1; without a closeness by the words alone."""
    constant, weights = BY_WORDS if closeness is None else BY_MEANING
    odds = constant + sum(weights[name] * value for name, value in measures(features, closeness).items())
    return 1 / (1 + math.exp(-odds))
