"""The shop over HTTP, for the tests of this folder."""

from tests.web.shop import browser, parts, wiring

__all__ = ["browser", "parts", "wiring"]
