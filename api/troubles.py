"""Every error of the API by its code: the status it comes with, and when. For people who write programs."""

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Trouble:
    code: str
    status: int
    when: str
    again: bool = False  # a header `Retry-After` says when to come back


CATALOGUE = (
    Trouble("invalid_json", 400, "The body is no JSON."),
    Trouble("invalid_value", 400, "A field cannot be used; `param` names it."),
    Trouble("missing_value", 400, "A field is needed; `param` names it."),
    Trouble("invalid_api_key", 401, "No key where one is needed, an unknown or a revoked one."),
    Trouble("insufficient_scope", 403, "The key may not do this."),
    Trouble("feedback_off", 403, "Ratings, or corrections, are switched off here."),
    Trouble("foreign_page", 403, "It comes from no page of this app, or from a browser that was never there."),
    Trouble("model_not_found", 404, "There is no such model."),
    Trouble("not_found", 404, "It is not there, not one's own, or the API is switched off."),
    Trouble("method_not_allowed", 405, "`Allow` names what may be sent."),
    Trouble("request_timeout", 408, "The request came too slowly."),
    Trouble("request_too_large", 413, "The body is too large."),
    Trouble("unsupported_media_type", 415, "The body is not called `application/json`."),
    Trouble("too_many_questions", 429, "One person asked more often than is allowed.", again=True),
    Trouble("headers_too_large", 431, "The headers are too large."),
    Trouble("bug", 500, "A bug broke the request off; the server's log says more."),
    Trouble("queue_full", 503, "As many wait as may.", again=True),
    Trouble("shutting_down", 503, "The server ends.", again=True),
    Trouble("database_locked", 503, "The database is busy.", again=True),
    Trouble("database_unavailable", 503, "The database does not answer.", again=True),
    Trouble("disk_full", 503, "Nothing more can be stored.", again=True),
    Trouble("library_empty", 503, "The answer failed: there are no documents yet."),
    Trouble("search_failed", 503, "The answer failed: the documents could not be searched."),
    Trouble("interrupted", 503, "The answer was broken off because the server ended."),
    Trouble("bug", 503, "The answer was broken off by a bug."),
    Trouble("out_of_time", 504, "The answer took longer than is allowed."),
)
HEAD = ("request_timeout", "headers_too_large")  # before anything else is looked at
BODY = ("invalid_json", "invalid_value", "request_too_large", "unsupported_media_type")
STORE = ("database_locked", "database_unavailable", "disk_full")
ACCESS = (*HEAD, "invalid_api_key", "insufficient_scope", "bug", *STORE)
ANSWER = ("too_many_questions", "queue_full", "shutting_down", "library_empty", "search_failed", "interrupted")


def by_status(codes: tuple[str, ...], *, broken_off: bool) -> dict[int, tuple[Trouble, ...]]:
    """The troubles of these codes by their status; `broken_off` with that of an answer a bug broke off."""
    found = [one for one in CATALOGUE if one.code in codes and (broken_off or (one.code, one.status) != ("bug", 503))]
    return {status: tuple(same) for status, same in groupby(found, key=lambda one: one.status)}
