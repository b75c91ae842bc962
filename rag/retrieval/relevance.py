"""How likely a passage answers a query: a probability, and the line below which the documents do not say it.

A logistic regression on the best passage of each question: its cosine, and how its words match the query. Trained on
the questions about the first half of SQuAD's articles: with what was found for them (twice the weight, since most
questions are asked of the right library), without their own article among it, and with a third of the weight those
that SQuAD 2.0 made to look answerable. `python -m benchmarks relevance` trains again on real libraries without the
articles, with much the same result, and tests; docs/retrieval.md shows the curve. The cosine's weight belongs to the
carried embedding model.
"""

import math

from rag.retrieval.matching import Match

ANSWERABLE = 0.5
MANY = 3  # more missing names say no more than three do


def relevance(match: Match, cosine: float | None) -> float:
    """From 0 to 1; without a cosine by the words alone."""
    missing = min(MANY, match.missing)
    if cosine is None:
        odds = -2.6 + 5.1 * match.window + 1.7 * match.phrase - 1.1 * missing
    else:
        odds = -5.7 + 8.4 * cosine + 4.6 * match.window - 1.0 * missing
    return 1 / (1 + math.exp(-odds))
