"""E-mail addresses: looked for around each @, so that a text without one costs nothing."""

import re
from collections.abc import Iterator

from guards.personal.seen import Seen

LOCAL = 64  # characters before the @ (RFC 5321)
_AT = re.compile(r"@|\s?[\[({]\s?(?:at|AT)\s?[\])}]\s?")
_BEFORE = re.compile(r"[\w!#$%&'*+/=?^`{|}~-][\w.!#$%&'*+/=?^`{|}~-]{0,63}\Z")
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|DOT)\s?[\])}]\s?)"
_DOMAIN = re.compile(rf"(?:[^\W_][\w-]{{0,62}}{_DOT}){{1,6}}(?:xn--[a-z0-9]{{2,20}}|[^\W\d_]{{2,24}})(?![\w@])")
_QUOTES = "'`{|}"


def emails(text: str) -> Iterator[Seen]:
    """Addresses with a host of two or more names; also written as name [at] host [dot] org."""
    for at in _AT.finditer(text) if any(sign in text for sign in "@[({") else ():
        domain = _DOMAIN.match(text, at.end())
        if domain is None:
            continue
        begin = max(at.start() - LOCAL, 0)
        local = _BEFORE.search(text[begin : at.start()])
        if local is None:
            continue
        name = local[0].lstrip(_QUOTES + "=/?&")
        if name:
            yield Seen("e-mail", at.start() - len(name), domain.end(), 1.0, "It has the form of an e-mail address.")
