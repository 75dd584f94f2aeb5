"""What the server says while it runs, as one JSON object a line on standard error.

Of a request only its method, the pattern of its path, its status and its time: no query (it may hold what somebody is
working on), no header, no cookie, no form, no name.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

REQUESTS = logging.getLogger("standoff.requests")
"""The log of requests, at INFO; failed ones (5xx) at WARNING. `extra={"fields": ...}` adds keys to a line."""


class JsonLines(logging.Formatter):
    """One object a line: `at` (UTC), `level`, `from`, `event`, the event's own fields, `exception` if there is one.

    JSON escapes line ends, so that nothing foreign can begin a line of its own.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "from": record.name, "event": record.getMessage()}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def log_json(stream: TextIO | None = None) -> None:
    """Let all that this process logs go out as JSON lines: ours from INFO, that of libraries from WARNING on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("standoff", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.INFO)
