"""HEAD is answered as GET is, without the body (RFC 9110, section 9.3.2): each address has it, and none can differ."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Turns HEAD into GET for all that is within, and keeps back what follows the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        within = {**scope, "method": "GET"}
        await self._app(within, receive, sent)
        scope.update({name: within[name] for name in ("route", "path_params") if name in within})  # for who measures
