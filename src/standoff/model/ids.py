"""Ids that hash content, so that any worker gives the same thing the same id."""

from __future__ import annotations

import hashlib


def content_id(prefix: str, *parts: object) -> str:
    """`prefix-` and 16 hex digits of the SHA-256 of the parts; None and "" differ, order matters."""
    digest = hashlib.sha256()
    for part in parts:
        data = b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return f"{prefix}-{digest.hexdigest()[:16]}"
