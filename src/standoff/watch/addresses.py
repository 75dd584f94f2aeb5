"""Which addresses may be fetched: http and https, on hosts of the public internet.

A name is resolved once, every address it has is looked at, and the connection goes to one of those looked at: a name
that shows a public address first and a private one at the next question gains nothing by it.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from queue import Empty, Queue
from threading import Thread
from typing import Literal
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

from standoff.errors import RefusedAddress, UnreachedHost

Kind = Literal["public", "private", "never"]
Resolve = Callable[[str, int, float], Sequence[str]]
"""(host, port, seconds) → the host's IP addresses, at least one. Raises UnreachedHost."""

_LONGEST = 2_000
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_PORTS = {"http": 80, "https": 443}
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"


def normal(url: str, at: str = "") -> str:
    """The address as it is asked for: absolute, in ASCII, without its fragment; `at` is where a relative one stands.

    Raises RefusedAddress where it is not http or https, or names no host, or a password.
    """
    try:
        whole = urldefrag(urljoin(at, url.strip())).url
        parts = urlsplit(whole)
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError as error:
        raise RefusedAddress(f"it is no valid address ({error})") from error
    if scheme not in _PORTS:
        raise RefusedAddress(f"only http and https are fetched, not {scheme or 'an address without either'}")
    if not host or len(whole) > _LONGEST:
        raise RefusedAddress("it names no host" if not host else f"it is longer than {_LONGEST} characters")
    if parts.username is not None or parts.password is not None or "\\" in parts.netloc:
        raise RefusedAddress("an address that holds a name and password is not fetched; it would stand in the record")
    where = f"[{host}]" if ":" in host else _ascii(host)
    if port is not None and port != _PORTS[scheme]:
        where += f":{port}"
    return urlunsplit((scheme, where, quote(parts.path or "/", safe=_SAFE), quote(parts.query, safe=_SAFE), ""))


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise RefusedAddress(f"its host {host!r} is no valid name") from error


def origin(url: str) -> str:
    """Scheme, host and port of an address that is `normal`: what has one robots.txt and one rate."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def kind_of(address: str) -> Kind:
    """Whether an IP address is public, private (also loopback and what is shared or not given out), or of a kind
    that is never fetched from: multicast, unspecified, reserved, tunnels, and link-local, where clouds keep keys."""
    ip: IPv4Address | IPv6Address = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return kind_of(str(ip.ipv4_mapped))
        if ip in _NAT64:
            return kind_of(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.sixtofour is not None or ip.teredo is not None:
            return "never"
    if ip.is_loopback:
        return "private"
    if ip.is_multicast or ip.is_unspecified or ip.is_reserved or ip.is_link_local:
        return "never"
    return "public" if ip.is_global else "private"


def resolve(host: str, port: int, seconds: float) -> Sequence[str]:
    """What the system's resolver answers, in its order. Raises UnreachedHost where that is nothing, or not in time."""
    answers: Queue[list[str] | OSError | UnicodeError] = Queue()
    Thread(target=_ask, args=(host, port, answers), daemon=True).start()  # the resolver itself knows no deadline
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except Empty as error:
        raise UnreachedHost(f"the name {host} could not be resolved in time") from error
    if isinstance(answer, Exception) or not answer:
        raise UnreachedHost(f"there is no host {host}, or the network is down")
    return answer


def _ask(host: str, port: int, answers: Queue[list[str] | OSError | UnicodeError]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
    except (OSError, UnicodeError) as error:
        answers.put(error)


def checked(host: str, addresses: Sequence[str], allow_private: bool) -> Kind:
    """The most private kind among a host's addresses. Raises RefusedAddress where that must not be fetched from."""
    kinds = {kind_of(address): address for address in addresses}
    if "never" in kinds:
        raise RefusedAddress(f"{host} is at {kinds['never']}, which is never fetched from")
    if "private" in kinds and not allow_private:
        raise RefusedAddress(
            f"{host} is at {kinds['private']}, a private address, which is fetched only where allowed (--allow-private)"
        )
    return "private" if "private" in kinds else "public"
