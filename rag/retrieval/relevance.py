"""How likely a passage answers a query: a probability, and the line below which the documents do not say it.

A logistic regression on the best passage of each question: its cosine, and how its words match the query. Trained on
the first half of SQuAD's articles: questions with their article in the library (twice the weight, since most
questions are asked of the right library), the same ones without it, and with a third of the weight those that SQuAD
2.0 made to look answerable. `python -m benchmarks relevance` trains and tests it; docs/retrieval.md shows the curve.
The cosine's weight belongs to the carried embedding model.
"""

import math

from rag.retrieval.matching import Match

ANSWERABLE = 0.5
MANY = 3  # missing names say no more than three do


def relevance(match: Match, cosine: float | None) -> float:
    """From 0 to 1; without a cosine by the words alone."""
    missing = min(MANY, match.missing)
    if cosine is None:
        odds = -3.0 + 4.0 * match.coverage + 2.0 * match.window + 1.0 * match.phrase - 1.0 * missing
    else:
        odds = -6.0 + 7.5 * cosine + 1.2 * match.coverage + 3.0 * match.window - 1.0 * missing
    return 1 / (1 + math.exp(-odds))
