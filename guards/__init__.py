"""Checks on text: the question, the answer while it streams, the finished draft and its quotes.

Imports nothing else of the project. Only `answer.py` imports guardrails, and only when an `AnswerGuard` is built.
"""
