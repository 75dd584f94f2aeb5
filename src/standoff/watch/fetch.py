"""One address → what is there, within limits that the other side cannot move.

Guarded: http and https alone; no private address unless allowed, looked at again at each redirect, and none that a
public page leads to; a deadline for the whole, a limit of size also after unpacking, a number of redirects; the
content type is looked at before the body is fetched. Proxies of the environment are not used: what lies behind one
could not be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import httpcore2

from standoff import __version__
from standoff.errors import FetchError, RefusedAddress, UnreachedHost
from standoff.watch.addresses import Resolve, normal, resolve
from standoff.watch.connection import Deadline, GuardedBackend
from standoff.watch.unpack import ENCODINGS, too_large, unpacked

AGENT = "standoff"
"""What robots.txt may call us."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USER_AGENT = f"{AGENT}/{__version__}"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one request as a whole, seconds of silence, bytes of the unpacked body, redirects of one fetch."""

    seconds: float = 30.0
    quiet: float = 10.0
    bytes: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Response:
    """What an address gave: `url` after all redirects, header names in lower case, the body unpacked.

    `private`: it lies at a private address, which was allowed.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    private: bool = False

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


Turn = Callable[[str], None]
"""Called before each request with its address: may wait, and may raise."""


class Fetcher:
    """Fetches, with the same limits for all. `resolve` is the resolver, another one in tests."""

    def __init__(
        self, limits: Limits | None = None, *, allow_private: bool = False, resolve: Resolve = resolve
    ) -> None:
        self.limits = limits or Limits()
        self.allow_private = allow_private
        self._resolve = resolve
        self._tls = httpcore2.default_ssl_context()

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = (),
        etag: str | None = None,
        modified: str | None = None,
        allow_private: bool = True,
        turn: Turn | None = None,
    ) -> Response:
        """GET an address, following redirects. Any status is an answer; 304 where it is as `etag`, `modified` say.

        `accept` are the media types of which a 200 may be; `allow_private` takes away what the fetcher may do.
        Raises RefusedAddress where it must not be fetched, FetchError where it gives no answer within the limits.
        """
        url, private = normal(url), self.allow_private and allow_private
        headers = {"Accept": ", ".join([*accept, "*/*;q=0.1"]) if accept else "*/*", "Accept-Encoding": ENCODINGS}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for hop in range(self.limits.redirects + 1):
            if turn:
                turn(url)
            found = self._once("GET", url, headers, private, accept)
            target = found.headers.get("location") if found.status in _REDIRECTS else None
            if target is None:
                return found
            private = private and found.private  # what is public may not lead to what is private
            try:
                url = normal(target, url)
            except RefusedAddress as error:
                raise RefusedAddress(f"redirect {hop + 1} leads to {target[:200]!r}: {error}") from error
        raise FetchError(f"it was redirected more than {self.limits.redirects} times")

    def post(self, url: str, body: bytes, content_type: str) -> Response:
        """POST to an address. Redirects are not followed. Raises as `get`."""
        return self._once("POST", normal(url), {"Content-Type": content_type}, self.allow_private, (), body)

    def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        private: bool,
        accept: Sequence[str],
        content: bytes | None = None,
    ) -> Response:
        deadline = Deadline(self.limits.seconds, self.limits.quiet)
        backend = GuardedBackend(deadline, private, self._resolve)
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=backend) as pool,
                pool.stream(
                    method, url, headers=[("User-Agent", _USER_AGENT), *headers.items()], content=content
                ) as answer,
            ):
                return self._read(url, answer, accept, backend)
        except httpcore2.TimeoutException as error:
            raise UnreachedHost(f"no whole answer within {self.limits.seconds:g} s") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, UnicodeError, ValueError) as error:
            raise UnreachedHost(f"the connection failed: {_plain(error)}") from error

    def _read(self, url: str, answer: httpcore2.Response, accept: Sequence[str], backend: GuardedBackend) -> Response:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        found = Response(url, answer.status, headers, private=backend.private)
        if answer.status != 200:
            return found
        if accept and found.media_type and found.media_type not in accept:
            raise FetchError(f"it is {found.media_type[:80]}, not {' or '.join(accept[:3])}")
        if (length := headers.get("content-length", "")).isdecimal() and int(length) > self.limits.bytes:
            raise too_large(self.limits.bytes)
        body = unpacked(answer.iter_stream(), headers.get("content-encoding", ""), self.limits.bytes)
        return Response(url, 200, headers, body, backend.private)


def _plain(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:200] or type(error).__name__
