"""Bodies of requests: read within limits, and told plainly when they cannot be used."""

import asyncio
from typing import TypeVar

from pydantic import ValidationError
from starlette.requests import Request

from api.connections import too_slow
from api.errors import ApiError
from api.forms import Form

ARRIVAL_S = 30  # how long a body may take to come in
Wanted = TypeVar("Wanted", bound=Form)


async def read(request: Request, form: type[Wanted], max_kilobytes: int) -> Wanted:
    """The body as this form. Raises ApiError; starlette's ClientDisconnect when the client leaves meanwhile."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ApiError(415, "unsupported_media_type", "Send the body as JSON, with Content-Type: application/json.")
    try:
        async with asyncio.timeout(ARRIVAL_S):
            body = await _bytes(request, 1000 * max_kilobytes)
    except TimeoutError:
        raise too_slow() from None
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        raise _in_words(error) from None


async def _bytes(request: Request, limit: int) -> bytes:
    """At most so many bytes, whatever the client says about the length."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > limit:
            raise ApiError(
                413,
                "request_too_large",
                f"The body is larger than the {limit // 1000} kilobytes that are taken.",
                headers={"connection": "close"},
            )
    return bytes(read)


def _in_words(error: ValidationError) -> ApiError:
    # Of the branches of a union, the one that got furthest is what was meant.
    said = max(error.errors(include_url=False, include_input=False), key=lambda one: len(one["loc"]))
    if said["type"] == "json_invalid":
        return ApiError(400, "invalid_json", f"The body cannot be read: {_lower(said['msg'])}.")
    param = _path(said["loc"])
    reason = _lower(said["msg"].removeprefix("Value error, "))
    return ApiError(400, "invalid_value", f"{param or 'The body'}: {reason}.", param=param or None)


def _path(place: tuple[str | int, ...]) -> str:
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step.isidentifier() and step != "str":  # not the name of a union's branch
            path += f".{step}" if path else step
    return path


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
