"""Forms that were sent: read whole, no longer than they may be, and only with the token that our own pages have."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse

_MOST_OCTETS, _MOST_FIELDS = 100_000, 200
_FORM = "application/x-www-form-urlencoded"
_TOKEN = 32  # octets of a token, and of what masks it


class Posted:
    """The fields of a form, and who sent it."""

    def __init__(self, fields: Mapping[str, str], who: str) -> None:
        self.fields, self.who = fields, who

    def __call__(self, name: str) -> str:
        """A field without blanks around it; "" where it was not sent."""
        return self.fields.get(name, "").strip()

    @property
    def note(self) -> str | None:
        return self("note") or None

    def back(self, fallback: str, **more: str) -> str:
        """Where to go on: to the page that the form names, which must be one of ours, else to `fallback`."""
        wanted = self("back")
        parts = urlsplit(local(wanted) or fallback)
        kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in more]
        query = urlencode(kept + [(k, v) for k, v in more.items() if v])
        return parts.path + (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def local(address: str) -> str | None:
    """An address on this server, as a path; None for any other."""
    parts = urlsplit(address) if address.isprintable() and "\\" not in address else None
    if parts is None or parts.scheme or parts.netloc or not address.startswith("/") or address.startswith("//"):
        return None
    return address


def token(request: Request) -> str:
    """What a form on a page for this request must have: no other site can know it.

    Masked anew for each answer: an answer that is packed shows by its size what repeats in it (BREACH, CVE-2013-3587),
    and a token that is never the same twice repeats nothing.
    """
    state = request.scope.setdefault("state", {})
    if "token" not in state:
        mask = secrets.token_bytes(_TOKEN)
        state["token"] = (mask + _mixed(mask, _secret(request))).hex()
    return str(state["token"])


def fits(request: Request, sent: str) -> bool:
    """Whether a token that was sent is one of this server and session."""
    try:
        octets = bytes.fromhex(sent)
    except ValueError:
        return False
    return len(octets) == 2 * _TOKEN and hmac.compare_digest(_mixed(octets[:_TOKEN], octets[_TOKEN:]), _secret(request))


def _secret(request: Request) -> bytes:
    session = request.scope.get("state", {}).get("session", "")
    return hmac.digest(request.app.state.secret, f"form {session}".encode(), "sha256")


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


async def posted(request: Request) -> Posted:
    """The form of a request. Raises HTTPException for one that is too long, is no form, or lacks its token."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise HTTPException(415, f"Send a form ({_FORM}).")
    octets = b""
    async for some in request.stream():
        octets += some
        if len(octets) > _MOST_OCTETS:
            raise HTTPException(413, "This form is too long.")
    try:
        pairs = parse_qsl(octets.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(422, "This form cannot be read.") from None
    fields = {name: value.replace("\r\n", "\n").replace("\0", "\ufffd") for name, value in pairs}
    if not fits(request, fields.get("token", "")):
        raise HTTPException(403, "This form is from another session; go back, load its page anew and send it again.")
    return Posted(fields, request.scope.get("state", {}).get("who", ""))


Form = Annotated[Posted, Depends(posted)]

SENT: dict[str, Any] = {"status_code": 303, "response_class": RedirectResponse, "response_model": None}
"""How every address that takes a form is declared: on to a page that shows what was done."""


def described(**fields: str) -> dict[str, Any]:
    """A form for the description of the interface: its fields, each with what it is; all are text."""
    told = {name: {"type": "string", "description": about} for name, about in fields.items()}
    told["token"] = {"type": "string", "description": "The token that the page of this form has."}
    schema = {"type": "object", "properties": told, "required": ["token"], "additionalProperties": {"type": "string"}}
    return {"requestBody": {"required": True, "content": {_FORM: {"schema": schema}}}}
