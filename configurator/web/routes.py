"""Every route of the program, in one list."""

from typing import Any

from configurator.web import catalogue_pages, customiser_pages, static_pages

ROUTES: list[Any] = [
    static_pages.asset,
    static_pages.picture,
    catalogue_pages.catalogue,
    catalogue_pages.sample_picture,
    customiser_pages.customiser,
    customiser_pages.into_cart,
]
