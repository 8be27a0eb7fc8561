"""The shop over HTTP, for the flows."""

from tests.web.shop import browser, parts, wiring

__all__ = ["browser", "parts", "wiring"]
