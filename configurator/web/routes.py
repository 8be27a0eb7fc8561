"""Every route of the program, in one list."""

from typing import Any

from configurator.web import static_pages

ROUTES: list[Any] = [
    static_pages.asset,
    static_pages.picture,
]
