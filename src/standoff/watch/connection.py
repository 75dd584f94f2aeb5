"""Connections that go to addresses looked at before, and end at a deadline whatever the other side does."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

from httpcore2 import ConnectError, ConnectTimeout, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend

from standoff.watch.addresses import Resolve, checked


class Deadline:
    """A point in time by which all must be done, and how long a silence before it is borne."""

    def __init__(self, seconds: float, quiet: float) -> None:
        self._end = time.monotonic() + seconds
        self._quiet = quiet

    def left(self) -> float:
        """Seconds until the next thing must have happened. Raises ReadTimeout where the time is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise ReadTimeout("the time is over")
        return min(left, self._quiet)


class GuardedBackend(NetworkBackend):
    """What httpcore connects through: resolves, looks at every address (see `addresses`), connects to one of them.

    `private` tells afterwards whether it was a private one that was allowed.
    """

    def __init__(self, deadline: Deadline, allow_private: bool, resolve: Resolve) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._resolve = resolve
        self._plain = SyncBackend()
        self.private = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        addresses = self._resolve(host, port, self._deadline.left())
        self.private = checked(host, addresses, self._allow_private) == "private"
        failed: Exception = ConnectError("no address")
        for address in addresses:
            try:
                return _Stream(self._plain.connect_tcp(address, port, self._deadline.left()), self._deadline)
            except (ConnectError, ConnectTimeout) as error:
                failed = error
        raise failed


class _Stream(NetworkStream):
    """A stream whose every step has only what is left of the time."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
