"""Every route of the program, in one list."""

from typing import Any

from configurator.web import (
    batch_pages,
    blank_pages,
    board_pages,
    cart_pages,
    catalogue_pages,
    counter_pages,
    customiser_pages,
    list_pages,
    order_pages,
    sale_pages,
    staff_pages,
    static_pages,
    station_pages,
)

ROUTES: list[Any] = [
    static_pages.asset,
    static_pages.picture,
    catalogue_pages.catalogue,
    catalogue_pages.sample_picture,
    customiser_pages.customiser,
    customiser_pages.into_cart,
    cart_pages.cart,
    cart_pages.quotes,
    cart_pages.quantity,
    cart_pages.removal,
    cart_pages.order,
    order_pages.order_page,
    order_pages.cancellation,
    order_pages.address,
    order_pages.quantity,
    order_pages.again,
    order_pages.invoice,
    *staff_pages.ROUTES,
    *board_pages.ROUTES,
    *batch_pages.ROUTES,
    *blank_pages.ROUTES,
    *list_pages.ROUTES,
    *station_pages.ROUTES,
    *counter_pages.ROUTES,
    *sale_pages.ROUTES,
]
