"""Toxicity: a small classifier over classes of words, see docs/guards-toxicity.md."""

from guards.toxicity.guard import HURTFUL_WORD, TOXIC, Toxicity

__all__ = ["HURTFUL_WORD", "TOXIC", "Toxicity"]
