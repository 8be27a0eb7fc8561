"""Goods go out on commission, on trial or for inspection: off the shelf at once, never more than lies there free."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.counter.consigning import (
    FormUsedOtherwise,
    Goods,
    NobodyHasIt,
    NoKind,
    NotDueThen,
    NothingTaken,
    NotKept,
)
from configurator.counter.recognising import ConsignmentMeant
from configurator.counter.selling import NotMadeHere, sell
from configurator.errors import Refusal
from configurator.orders.codes import consignment_number, read_consignment_number, read_order_number, read_piece_code
from configurator.production.opening_facilities import StillAtWork, close_facility
from configurator.production.shop_records import Change
from configurator.stock.consignment_store import out_at, out_by_component
from configurator.stock.lending import NotOnTheShelf
from configurator.stock.receiving import NotACount
from configurator.stock.rows import StockMovement
from configurator.stock.rows_consignment import Consignment
from tests.builders import NOW, seeded
from tests.counter.consigned import NAME, figures, given_out, giving, giving_out, settled
from tests.counter.store import Store
from tests.orders.test_changing_at_once import at_once


def test_what_goes_out_is_off_the_shelf_at_once_and_it_is_known_who_has_it(store: Store) -> None:
    whole = given_out(store, {"mug-white": 5, "mug-coral": 2}, kind="trial")
    row = whole.consignment
    assert (row.kind, row.name, row.contact, row.clerk, row.at) == ("trial", NAME, "0421 4471", "Jana", NOW)
    assert (whole.out, whole.value) == (7, 7 * 1340)
    assert (figures(store).on_hand, figures(store, "mug-coral").on_hand) == (7, 10)
    with store.database.read() as session:
        assert [each.consignment.number for each in out_at(session, "store")] == [row.number]
        assert out_at(session, "plant") == ()
        assert out_by_component(session, "store") == {"mug-white": 5, "mug-coral": 2}
        notes = session.execute(sa.select(col(StockMovement.note)).where(col(StockMovement.kind) == "lent")).scalars()
        assert set(notes) == {row.number}


def test_pain_29_commission_goods_never_go_negative_at_the_till(store: Store) -> None:
    """PAINS 29: out are 8 of 12, so the till sells 4; what the partner sells leaves no shelf a second time."""
    whole = given_out(store, {"mug-white": 8})
    with pytest.raises(NotMadeHere):
        store.sell(store.walk_in(5, key="five"))
    store.sell(store.walk_in(4, key="four"))
    assert (figures(store).on_hand, figures(store).free) == (8 - 4, 0)
    with pytest.raises(NotOnTheShelf):
        given_out(store, {"mug-white": 1}, key="one more")
    whole = settled(store, whole, sold=8)
    assert (whole.out, whole.settlements[0][0].total) == (0, 8 * 1340)
    assert (figures(store).on_hand, figures(store).free) == (4, 0)


def test_what_is_promised_to_orders_cannot_go_out_and_the_sentence_says_how_many_can(store: Store) -> None:
    store.sell(store.walk_in(9))
    with pytest.raises(NotOnTheShelf) as refused:
        given_out(store, {"lid": 13, "mug-white": 4})
    assert refused.value.sentence == (
        "Only 12 of “Cork lid” are free here, 13 were to go out. "
        "Only 3 of “Mug, white inside” are free here, 4 were to go out. Nothing was booked."
    )
    assert figures(store, "lid").on_hand == 12
    assert store.ask(sa.select(col(Consignment.id))) == []
    given_out(store, {"mug-white": 3})
    with pytest.raises(NotOnTheShelf, match="No “Mug, white inside” is free here"):
        given_out(store, {"mug-white": 1}, key="another")


@pytest.mark.parametrize("attempt", range(3))
def test_two_clerks_at_once_cannot_give_out_the_same_goods(store: Store, attempt: int) -> None:
    wishes = [giving({"lid": 2, "mug-white": 7}, key=clerk, clerk=clerk) for clerk in ("Jana", "Tariq", "Noor")]
    deeds = [giving_out(store, wish) for wish in wishes]
    assert sorted(at_once(store.database, *deeds)) == ["NotOnTheShelf", "NotOnTheShelf", "done"]
    assert (figures(store).on_hand, figures(store, "lid").on_hand) == (5, 10)


@pytest.mark.parametrize("attempt", range(3))
def test_the_last_mugs_are_given_out_or_sold_at_the_till_never_both(store: Store, attempt: int) -> None:
    sale = store.walk_in(7)

    def selling(session: Session) -> object:
        shop = {"catalogue": store.catalogue, "jobs": store.jobs, "now": NOW, "draw": seeded()}
        return sell(session, sale, **shop)

    answers = at_once(store.database, giving_out(store, giving({"mug-white": 7})), selling)
    assert sorted(answers) in (["NotMadeHere", "done"], ["NotOnTheShelf", "done"])
    assert figures(store).free == 5


@pytest.mark.parametrize("attempt", range(3))
def test_two_taps_give_out_once_even_at_the_same_moment(store: Store, attempt: int) -> None:
    deeds = [giving_out(store, giving({"mug-white": 7}), f"draw {n}") for n in range(3)]
    assert at_once(store.database, *deeds) == ["done"] * 3
    assert len(store.ask(sa.select(col(Consignment.id)))) == 1
    assert figures(store).on_hand == 5
    again = given_out(store, {"mug-white": 7})
    assert (again.out, figures(store).on_hand) == (7, 5)


def test_the_same_form_with_other_goods_is_not_taken_for_the_first(store: Store) -> None:
    first = given_out(store, {"mug-white": 2})
    with pytest.raises(FormUsedOtherwise, match=first.consignment.number):
        given_out(store, {"mug-white": 3})
    assert figures(store).on_hand == 10


def test_a_number_that_somebody_has_is_drawn_again(store: Store) -> None:
    with store.database.write() as session:
        giving_out(store, giving({"mug-white": 1}), "same")(session)
    with store.database.write() as session:
        giving_out(store, giving({"mug-white": 1}, key="another"), "same")(session)
    assert len(set(store.ask(sa.select(col(Consignment.number))))) == 2


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"kind": "gift"}, NoKind),
        ({"name": ""}, NobodyHasIt),
        ({"contact": ""}, NobodyHasIt),
        ({"due_on": date(2026, 11, 22)}, NotDueThen),
        ({"due_on": date(2027, 11, 30)}, NotDueThen),
        ({"goods": ()}, NothingTaken),
        ({"goods": (Goods("mug-white", 0, 1340, "19"),)}, NotACount),
        ({"goods": (Goods("mug-white", -3, 1340, "19"),)}, NotACount),
        ({"goods": (Goods("cup", 1, 1340, "19"),)}, NotKept),
        ({"goods": (Goods("mug-white", 1, 1340, "8"),)}, NotKept),
        ({"goods": (Goods("mug-white", 1, -1, "19"),)}, NotKept),
        ({"goods": (Goods("mug-white", 1, 10**12, "19"),)}, NotKept),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_booked(
    store: Store, wrong: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        given_out(store, {"mug-white": 1}, **wrong)
    assert refused.value.sentence.endswith(".")
    assert figures(store).on_hand == 12


def test_the_code_on_the_slip_opens_it_at_the_counter_and_is_no_other_code(store: Store) -> None:
    number = given_out(store, {"mug-white": 1}).consignment.number
    for typed in (number, number.lower(), number.replace("-", " "), f" {number}\n"):
        assert store.look(typed) == ConsignmentMeant(number)
    assert store.look("C-222-222") is None
    for n in range(200):
        drawn = consignment_number(seeded(str(n)))
        assert read_consignment_number(drawn) == drawn
        assert (read_order_number(drawn), read_piece_code(drawn)) == (None, None)


def test_a_store_with_goods_out_cannot_be_closed_and_says_which(store: Store) -> None:
    number = given_out(store, {"mug-white": 1}).consignment.number
    with pytest.raises(StillAtWork) as refused, store.database.write() as session:
        close_facility(session, Change("store", 0, "Deniz", NOW), catalogue=store.catalogue)
    assert f"1 consignment is to come back to it ({number})" in refused.value.obstacles
