"""Questions and documents that try to take the assistant over: what they hide, what they say, how likely it is."""

from guards.injection.guard import Injection

__all__ = ["Injection"]
