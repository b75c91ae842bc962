"""IP addresses, checked by Python's own `ipaddress`."""

import ipaddress
import re
from collections.abc import Iterator

from guards.personal.seen import Seen, says, words

_V4 = re.compile(r"(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w]|\.\d)")
_V6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:(?::|(?<=:))\d{1,3}(?:\.\d{1,3}){3})?(?![\w:])"
)
# Four numbers may also be a version or a section.
_OTHER = words(
    "version", "release", "build", "firmware", "section", "sections", "chapter", "clause", "paragraph", "v", "§"
)
_VERSION_NEAR = 24
WHY = "It is an address of a machine in a network."


def ip_addresses(text: str) -> Iterator[Seen]:
    """Addresses of one machine: not loopback, not a mask, not "any"."""
    for found in _V4.finditer(text) if text.count(".") > 2 else ():
        if _is_host(found[0]) and not says(_OTHER, text, found.start(), within=_VERSION_NEAR):
            yield Seen("IP address", found.start(), found.end(), 0.9, WHY)
    if text.count(":") > 1:
        for found in _V6.finditer(text):
            if any(sign.isdigit() for sign in found[0]) and _is_host(found[0]):
                yield Seen("IP address", found.start(), found.end(), 0.9, WHY)


def _is_host(said: str) -> bool:
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return False
    if address.version == 4 and (address.packed[0] in (0, 255) or address.packed[3] == 255):
        return False
    return not (address.is_loopback or address.is_unspecified or address.is_multicast)
