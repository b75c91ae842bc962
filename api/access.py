"""Who may use the API: who holds a key, and programs on this machine.

A browser on this machine is not enough: a page from elsewhere could make it send requests. So a request without a key
must come from this machine (also not through a proxy on it), be meant for it by name, and stem from no other site.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.errors import ApiError
from rag.clients import HERE, PREFIX, BadKey, Client, Clients
from store.records import ClientScope

MADE_BY_PROXIES = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
CHALLENGE = {"www-authenticate": "Bearer"}


async def client(request: Request, clients: Clients, scope: ClientScope | None) -> Client:
    """Who sends this request, if they may; `scope` None: any client may. Raises ApiError, store.engine.Unavailable.

    A key of another kind, as clients send that insist on one, counts as none.
    """
    key = _key(request)
    if key.startswith(PREFIX):
        try:
            found = await run_in_threadpool(clients.check, key)
        except BadKey:
            said = "This key is not known, or it was revoked."
            raise ApiError(401, "invalid_api_key", said, headers=CHALLENGE) from None
    elif problem := _stranger(request):
        raise ApiError(401, "invalid_api_key", f"{problem} Make one: footnote keys add NAME.", headers=CHALLENGE)
    else:
        found = HERE
    if scope and scope not in found.scopes:
        raise ApiError(403, "insufficient_scope", f"The key {found.name} has not the scope {scope}.")
    return found


def _key(request: Request) -> str:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def _stranger(request: Request) -> str:
    """Why this may not be a program on this machine; empty when it is one."""
    if not request.client or not _is_here(request.client.host):
        return "A key is needed from another machine."
    if any(name in request.headers for name in MADE_BY_PROXIES):
        return "A key is needed through a proxy."
    if not _is_here(_hostname(f"//{request.headers.get('host', '')}")):
        return "A key is needed under this host name."
    if not from_its_own_page(request):
        return "A key is needed from pages of other sites."
    return ""


def from_its_own_page(request: Request, *, named: bool = False) -> bool:
    """Whether it comes from no page at all, or from one of this server; with `named` a page has to be told."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None and _after_scheme(origin) != request.headers.get("host", "").lower():
        # A browser knows best; a proxy may have changed the host's name.
        return named and site == "same-origin"
    if named:
        return site == "same-origin" or (site is None and origin is not None)
    return site in (None, "none", "same-origin")


def _after_scheme(origin: str) -> str:
    return origin.lower().partition("://")[2]


def _hostname(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_here(host: str) -> bool:
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
