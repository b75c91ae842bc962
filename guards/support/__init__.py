"""Groundedness: what each sentence of an answer rests on in the passages it was written from."""

from guards.support.sentence import Sentence, Standing
from guards.support.support import Support

__all__ = ["Sentence", "Standing", "Support"]
