"""A list of personalised pieces in a cart: all of it or nothing, and once."""

import threading

import pytest

from configurator.database import Database
from configurator.orders.cart_store import quoted_cart
from configurator.orders.quoting import QuantityOutOfRange
from configurator.orders.rosters import add_roster, pooled_before
from tests.builders import NOW, a_catalogue, a_design, wanted

CATALOGUE = a_catalogue()
VISITOR = "visitor"
NAMES = ("Zoë", "Ida", "<b>Zoë</b> محمد", "Zoë")


def add(database: Database, once: str = "list-1", names: tuple[str, ...] = NAMES, quantity: int = 1) -> bool:
    wishes = [wanted(a_design(text=name), CATALOGUE, quantity, once=once) for name in names]
    with database.write() as session:
        if pooled_before(session, VISITOR, "mug", once, now=NOW) is None:
            return False
        add_roster(session, VISITOR, wishes, now=NOW)
        return True


def lines(database: Database) -> list[tuple[str, int]]:
    with database.read() as session:
        cart = quoted_cart(session, VISITOR, CATALOGUE)
    return [(quoted.line.summary.partition("”")[0], quoted.line.quantity) for quoted in cart.lines]


def test_pain_16_every_name_is_a_line_of_its_own_and_the_same_name_twice_is_two_of_it(database: Database) -> None:
    assert add(database)
    assert lines(database) == [("“Zoë", 2), ("“Ida", 1), ("“<b>Zoë</b> محمد", 1)]


def test_the_same_list_sent_twice_is_in_the_cart_once(database: Database) -> None:
    assert [add(database), add(database)] == [True, False]
    assert [quantity for _, quantity in lines(database)] == [2, 1, 1]
    assert add(database, once="list-2"), "another list with the same names is more of them"
    assert [quantity for _, quantity in lines(database)] == [4, 2, 2]


def test_two_taps_at_the_same_moment_add_a_list_once(database: Database) -> None:
    start, added = threading.Barrier(2), list[bool]()

    def tap() -> None:
        start.wait()
        added.append(add(database))

    taps = [threading.Thread(target=tap) for _ in range(2)]
    for each in taps:
        each.start()
    for each in taps:
        each.join()
    assert sorted(added) == [False, True]
    assert [quantity for _, quantity in lines(database)] == [2, 1, 1]


def test_of_a_list_with_a_line_too_many_nothing_is_added(database: Database) -> None:
    most = CATALOGUE.blank("mug").most
    with pytest.raises(QuantityOutOfRange):
        add(database, names=("Ida", "Zoë", "Zoë"), quantity=most)
    assert lines(database) == []
