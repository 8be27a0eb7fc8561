"""The one field: every code, barcode and name is known for what it is."""

import pytest

from configurator.counter.recognising import BlankMeant, OrderMeant, OrdersNamed
from tests.builders import ZOE
from tests.counter.store import Store


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace(" ", ""), lambda code: f" {code} "])
def test_a_pickup_code_is_known_however_it_is_typed(store: Store, written: object) -> None:
    order = store.pickup()
    assert callable(written)
    assert store.look(written(order.pickup_code)) == OrderMeant(order.id or 0)


def test_an_order_number_is_known_with_its_usual_misreadings(store: Store) -> None:
    order = store.pickup()
    for typed in (order.number, order.number.lower(), order.number.replace("-", ""), order.number.replace("-", " ")):
        assert store.look(typed) == OrderMeant(order.id or 0)


def test_a_piece_code_names_its_order_and_the_piece(store: Store) -> None:
    order = store.pickup(2)
    (piece,) = store.ids(order, 2)
    assert store.look(store.codes(order)[1]) == OrderMeant(order.id or 0, piece)
    assert store.look(store.codes(order)[1].lower().replace("-", "")) == OrderMeant(order.id or 0, piece)


def test_the_qr_code_of_an_order_page_is_known_by_its_address(store: Store) -> None:
    order = store.mugs()
    assert store.look(f"https://shop.example/orders/{order.token}") == OrderMeant(order.id or 0)
    assert store.look("https://shop.example/orders/aaaaaaaaaaaaaaaaaaaaaaaaaaa") is None


def test_a_blank_is_known_by_its_barcode_and_its_name(store: Store) -> None:
    assert store.look("4012345678901") == BlankMeant("mug")
    assert store.look("mug") == BlankMeant("mug")
    assert store.look("T-SHIRT") == BlankMeant("tee")


def test_a_name_is_found_in_any_case_and_without_its_accents(store: Store) -> None:
    order = store.pickup()
    assert store.whole(order).order.name == ZOE
    for typed in ("Zoë", "zoe", "ZOË", "محمد", "🎉"):
        assert store.look(typed) == OrderMeant(order.id or 0), typed


def test_several_of_a_name_are_asked_back_newest_first_and_what_has_left_is_not_asked(store: Store) -> None:
    first, second, gone = store.pickup(), store.pickup(), store.ready()
    store.pay(gone)
    store.give(gone)
    assert store.look("zoë") == OrdersNamed((second.id or 0, first.id or 0))


def test_a_name_is_looked_for_in_this_store_only_and_never_among_parcels(store: Store) -> None:
    store.pickup()
    store.mugs()
    assert isinstance(store.look("zoe"), OrderMeant)
    assert store.look("zoe", facility="plant") is None


@pytest.mark.parametrize(
    "typed", ["", " ", "z", "%", "_", "Ze%", "' or 1=1 --", "QX 0000", "222-222", "222-222-01", "\\", "(" * 120]
)
def test_what_nobody_knows_is_nothing(store: Store, typed: str) -> None:
    store.pickup()
    assert store.look(typed) is None
