"""Headers on every answer, 404s and 405s too: wrapped around the whole ASGI application."""

from typing import Any

from litestar.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


TOO_LARGE, MOST_DRAINED = 413, 200_000_000
"""A browser reads an answer only when it has sent everything, or the connection breaks and nobody is told why."""


def secured(app: ASGIApp) -> ASGIApp:
    """The application with the security headers on every answer."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == TOO_LARGE:
                    await _drained(receive)
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        kind: str = scope["type"]
        await app(_without_nul(scope) if kind == "http" else scope, receive, with_headers if kind == "http" else send)

    return wrapped


def _without_nul(scope: Scope) -> Scope:
    """PostgreSQL takes no NUL in a text, not even to look for it; nothing here is named by one."""
    path, query = str(scope["path"]).replace("\0", "\ufffd"), bytes(scope["query_string"]).replace(b"%00", b"")
    return {**scope, "path": path, "query_string": query}  # type: ignore[return-value]  # the same keys


async def _drained(receive: Receive) -> None:
    """What still comes is thrown away, up to a limit."""
    seen = 0
    while seen < MOST_DRAINED:
        event: Any = await receive()
        seen += len(event.get("body") or b"")
        if event["type"] == "http.disconnect" or not event.get("more_body", False):
            return
