"""A limit of time for what runs in this process, where the system has one: POSIX, in the main thread.

Elsewhere there is none here; a worker process that takes too long is ended from outside (`crew`).
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.5  # seconds; an exception may get lost where Python must ignore it (in a callback), so the alarm rings again


class OverLimit(BaseException):
    """The time is over. No Exception, so that code which catches those does not catch it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise OverLimit in the block when it takes longer, at the next moment Python code runs."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OverLimit

    before = signal.signal(signal.SIGALRM, ring)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # also where it rang in the one above
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
