"""The shop over HTTP, as the pages' tests have it."""

from tests.web.shop import browser, parts, wiring

__all__ = ["browser", "parts", "wiring"]
