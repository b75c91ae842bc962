"""Links of an answer that a reader may follow: only those that stand, letter by letter, in a document it cites.

A model that was talked into it could write an address that carries away what it has read; one that stands in a
document carries nothing. The host is always shown beside the words, so that no words can pretend another one.
"""

import re
from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from guards.links import stands

# Plain addresses only: no user before the host, no signs that look like others, nothing that ends a Markdown link.
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][A-Za-z0-9._~:/?#@!$&'*+,;=%-]*)?")
_BEHIND = ".,;:!?'*~_"  # ends a sentence or an emphasis rather than an address
_LINK = re.compile(rf"(?<!!)\[(?P<words>[^\[\]\n]+)\]\(<?(?P<to>{_ADDRESS.pattern})>?\)|(?P<bare>{_ADDRESS.pattern})")


def addresses(text: str) -> frozenset[str]:
    """The addresses in a text, whole."""
    return frozenset(found[0].rstrip(_BEHIND) for found in _ADDRESS.finditer(text))


def standing(text: str, sources: Iterable[str]) -> frozenset[str]:
    """The addresses of a text that stand whole in one of these sources."""
    wanted = addresses(text)
    return frozenset(one for source in sources for one in wanted if stands(one, source)) if wanted else frozenset()


def parted(text: str, allowed: Collection[str]) -> list[tuple[str, str]]:
    """The text in pieces (words, address): an address where the words are a link that is allowed, else none."""
    pieces, end = [], 0
    for found in _LINK.finditer(text) if allowed else ():
        to = found["to"] or found["bare"].rstrip(_BEHIND)
        if to not in allowed:
            continue
        until = found.end() if found["to"] else found.start() + len(to)
        pieces += [(text[end : found.start()], ""), (found["words"] or to, to)]
        end = until
    return [*pieces, (text[end:], "")]


def host(address: str) -> str:
    """Where an address leads; empty when that cannot be told."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as half an IPv6 address
        return ""
