"""Guards of others, by name: "package.module:Class" is a guard of this form, or a validator made for guardrails.

A validator of guardrails is known by its form alone, so that nothing of guardrails is imported for it here: it has
`validate(value, metadata)`, whose result has an `outcome`, an `error_message` and perhaps `error_spans`.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from operator import index
from typing import Any

from guards.guard import Context, Guard
from guards.verdicts import Finding


class NoSuchGuard(Exception):
    """The named guard cannot be had; the message says why."""


def named(name: str, options: Mapping[str, Any]) -> Guard:
    """The guard of this name, made with these options. Raises NoSuchGuard."""
    module, _, kind = name.partition(":")
    if not kind:
        raise NoSuchGuard(f'There is no guard "{name}"; one of others is named "package.module:Class"')
    try:
        made = getattr(import_module(module), kind)(**options)
    except ImportError as error:
        raise NoSuchGuard(f"The guard {name} cannot be imported: {error}") from error
    except AttributeError as error:
        raise NoSuchGuard(f"The guard {name} is not there: {error}") from error
    except Exception as error:  # whatever its maker raises when it cannot be made
        raise NoSuchGuard(f"The guard {name} cannot be made: {error}") from error
    if hasattr(made, "find"):
        return _Named(name, made)
    if hasattr(made, "validate"):
        return PublishedValidator(name, made)
    raise NoSuchGuard(f"{name} is no guard: it has neither find() nor validate()")


class _Named:
    """A guard of others, called as the settings call it."""

    def __init__(self, name: str, guard: Guard) -> None:
        self.name = name
        self._guard = guard

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        for found in self._guard.find(text, context):
            yield _finding(self.name, found.what, found.why, found.where, found.sure)


class PublishedValidator:
    """A validator made for guardrails, as a guard: it is sure, or it finds nothing."""

    def __init__(self, name: str, validator: Any) -> None:
        self.name = name
        self._validator = validator

    def find(self, text: str, context: Context) -> Iterator[Finding]:
        """Raises whatever the validator raises."""
        metadata = {"passages": list(context.passages), "question": context.question, "sources": list(context.passages)}
        result = self._validator.validate(text, metadata)
        if result.outcome != "fail":
            return
        what = self.name.partition(":")[2]
        spans = getattr(result, "error_spans", None) or ()
        for span in spans:
            why = getattr(span, "reason", None) or result.error_message
            yield _finding(self.name, what, why, (span.start, span.end))
        if not spans:
            yield _finding(self.name, what, result.error_message)


def _finding(guard: str, what: Any, why: Any, where: Any = None, sure: Any = 1.0) -> Finding:
    """What a guard of others found, in the form that is stored and shown. Raises ValueError, TypeError."""
    sure = float(sure)
    if not 0 <= sure <= 1:
        raise ValueError(f"{guard} is sure of {sure}, which is not from 0 to 1")
    if where is not None:
        start, end = map(index, where)
        if not 0 <= start <= end:
            raise ValueError(f"{guard} found something from {start} to {end}")
        where = (start, end)
    return Finding(guard, str(what), str(why or what), where, sure)
