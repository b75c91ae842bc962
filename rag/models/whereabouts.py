"""Whether a model runs outside: on a machine that does not belong to the own network."""

import ipaddress
from urllib.parse import urlsplit

from rag.settings import Model

# Names that no public server can have (RFC 6761, 6762, 8375; .internal by ICANN's resolution of 2024; .lan by custom).
OWN = (".localhost", ".local", ".internal", ".home.arpa", ".lan")


def is_outside(model: Model) -> bool:
    """As the settings say; "auto" goes by the address."""
    return model.outside == "yes" or (model.outside == "auto" and not is_own(model.base_url))


def is_own(url: str) -> bool:
    """Whether a URL's host is this machine or one of a private network: by address, or by a name nobody else has.

    A name without a dot, such as that of a container, means a machine of the own network as well. What cannot be read
    is not own.
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        named = host.isascii() and any(sign.isalpha() for sign in host)
        return named and (host.endswith(OWN) or ("." not in host and not _is_number(host)))
    own = getattr(address, "ipv4_mapped", None) or address
    return own.is_loopback or own.is_private or own.is_link_local


def _is_number(host: str) -> bool:
    """Whether a name is an address in another notation, such as 0x8080808."""
    return host.startswith("0x")
