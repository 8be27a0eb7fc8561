"""The cart: same design same line, different text different line, and nothing is lost by editing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import Session

from configurator.database import Database
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.cart import (
    CannotBeMade,
    NoSuchLine,
    Wanted,
    add_to_cart,
    order_again,
    remove_line,
    replace_line,
    set_quantity,
)
from configurator.orders.cart_store import pieces_in_cart, quoted_cart
from configurator.orders.design_store import NoSuchDesign, keep_design, picture_of, scenes_of, stored_design
from configurator.orders.quoting import QuantityOutOfRange
from tests.builders import NOW, ZOE, Counter, a_catalogue, a_design, a_mug, a_proof, a_tee, put, seeded, stocked, wanted

CATALOGUE = a_catalogue()
VISITOR = "visitor"


def lines(database: Database, visitor: str = VISITOR) -> list[tuple[str, int]]:
    with database.read() as session:
        return [
            (quoted.line.summary, quoted.line.quantity) for quoted in quoted_cart(session, visitor, CATALOGUE).lines
        ]


def add(database: Database, wish: Wanted, visitor: str = VISITOR) -> int:
    with database.write() as session:
        return add_to_cart(session, visitor, wish, now=NOW)


def test_the_same_design_is_one_line(database: Database) -> None:
    first = add(database, wanted(a_design(), CATALOGUE, 2))
    assert add(database, wanted(a_design(), CATALOGUE, 3)) == first
    assert [quantity for _, quantity in lines(database)] == [5]


def test_pain_12_two_different_texts_are_two_lines_each_with_its_text(database: Database) -> None:
    add(database, wanted(a_design(text="Zoë"), CATALOGUE))
    add(database, wanted(a_design(text="Zoe"), CATALOGUE))
    told = [summary for summary, _ in lines(database)]
    assert ["“Zoë”" in told[0], "“Zoe”" in told[1]] == [True, True]


def test_two_clicks_add_once(database: Database) -> None:
    wish = wanted(a_design(), CATALOGUE, 2, once="form-1")
    assert add(database, wish) == add(database, wish)
    assert [quantity for _, quantity in lines(database)] == [2]
    add(database, replace(wish, once="form-2"))
    assert [quantity for _, quantity in lines(database)] == [4]


def test_pain_13_editing_from_the_cart_keeps_everything_but_what_was_edited(database: Database) -> None:
    line = add(database, wanted(a_design(text=ZOE, inside="coral"), CATALOGUE, 7, address="?inside=coral"))
    add(database, wanted(a_design(text="other"), CATALOGUE))
    with database.write() as session:
        edited = wanted(a_design(text=ZOE, inside="coral", rim="gold"), CATALOGUE, 7, address="?inside=coral&rim=gold")
        assert replace_line(session, VISITOR, line, edited, now=NOW) == line
    with database.read() as session:
        first = quoted_cart(session, VISITOR, CATALOGUE).lines[0].line
    assert (first.id, first.quantity, first.address) == (line, 7, "?inside=coral&rim=gold")
    assert first.design == a_design(text=ZOE, inside="coral", rim="gold")


def test_a_line_edited_into_another_one_joins_it(database: Database) -> None:
    line = add(database, wanted(a_design(text="A"), CATALOGUE, 2))
    add(database, wanted(a_design(text="B"), CATALOGUE, 3))
    for _ in range(2):
        with database.write() as session:
            replace_line(session, VISITOR, line, wanted(a_design(text="B"), CATALOGUE, 2, once="edit"), now=NOW)
    assert [quantity for _, quantity in lines(database)] == [5]


def test_pain_13_a_design_is_kept_with_its_scenes_picture_and_blank(database: Database) -> None:
    proof = a_proof(a_design(text=ZOE), a_mug())
    with database.write() as session:
        name = keep_design(session, proof, now=NOW)
        assert keep_design(session, replace(proof, picture="<svg/>"), now=NOW) == name
    with database.read() as session:
        assert stored_design(session, name) == proof.design
        assert scenes_of(session, name) == proof.scenes
        assert picture_of(session, name) == proof.picture


def test_a_design_that_is_not_kept_says_what_to_do(database: Database) -> None:
    with database.read() as session, pytest.raises(NoSuchDesign, match="design it anew"):
        stored_design(session, "0" * 64)


@pytest.mark.parametrize(
    ("quantity", "sentence"),
    [(1, "from 2 pieces on"), (0, "Choose at least 2"), (-3, "at least 2"), (31, "At most 30 pieces of “T-shirt”")],
)
def test_a_line_keeps_within_the_least_and_most_of_its_blank(database: Database, quantity: int, sentence: str) -> None:
    with pytest.raises(QuantityOutOfRange, match=sentence) as refusal:
        add(database, wanted(a_design(a_tee()), CATALOGUE, quantity))
    assert refusal.value.fields["pieces"] == refusal.value.sentence


def test_adding_to_a_line_says_how_many_more_are_possible(database: Database) -> None:
    add(database, wanted(a_design(a_tee()), CATALOGUE, 20))
    with pytest.raises(QuantityOutOfRange, match="20 are in your cart, so 10 more can be added"):
        add(database, wanted(a_design(a_tee()), CATALOGUE, 11))
    assert add(database, wanted(a_design(a_tee()), CATALOGUE, 10))


def test_a_quantity_can_be_changed_within_the_same_limits(database: Database) -> None:
    line = add(database, wanted(a_design(a_tee()), CATALOGUE, 2))
    with database.write() as session:
        set_quantity(session, VISITOR, line, 30, catalogue=CATALOGUE)
    with pytest.raises(QuantityOutOfRange), database.write() as session:
        set_quantity(session, VISITOR, line, 1, catalogue=CATALOGUE)
    assert [quantity for _, quantity in lines(database)] == [30]


def test_artwork_that_cannot_be_made_does_not_get_into_the_cart(database: Database) -> None:
    proof = a_proof(a_design(), a_mug(), error="“Zoë” reaches over the edge by 3 mm.")
    with pytest.raises(CannotBeMade, match="reaches over the edge"):
        add(database, Wanted(proof, 1, "?"))


@pytest.mark.parametrize(
    "deed",
    [
        lambda session, line: set_quantity(session, "stranger", line, 9, catalogue=CATALOGUE),
        lambda session, line: replace_line(session, "stranger", line, wanted(a_design(), CATALOGUE), now=NOW),
        lambda session, line: remove_line(session, "stranger", line),
    ],
)
def test_nobody_changes_another_visitor_s_line(database: Database, deed: Callable[[Session, int], object]) -> None:
    line = add(database, wanted(a_design(), CATALOGUE, 2))
    add(database, wanted(a_design(), CATALOGUE, 1), visitor="stranger")
    with database.write() as session:
        try:
            deed(session, line)
        except NoSuchLine as refusal:
            assert "no longer in your cart" in refusal.sentence
    assert [quantity for _, quantity in lines(database)] == [2]


def test_a_line_is_removed_once_however_often_it_is_clicked(database: Database) -> None:
    line = add(database, wanted(a_design(), CATALOGUE))
    for _ in range(2):
        with database.write() as session:
            remove_line(session, VISITOR, line)
    assert lines(database) == []


def test_pain_12_a_line_whose_blank_is_gone_stays_and_says_so(database: Database) -> None:
    add(database, wanted(a_design(), CATALOGUE))
    add(database, wanted(a_design(a_tee()), CATALOGUE, 2))
    with database.read() as session:
        cart = quoted_cart(session, VISITOR, a_catalogue(a_tee()))
    assert cart.problems == ("“Mug, 330 ml, Zoë” is no longer made. Remove it to order the rest.",)
    assert [quoted.quote is None for quoted in cart.lines] == [True, False]
    assert cart.totals.goods == 2 * (1990 + 250)


def test_pain_12_a_design_stays_orderable_while_the_edited_blank_still_allows_it(database: Database) -> None:
    add(database, wanted(a_design(text="Zoë"), CATALOGUE))
    edited = a_catalogue(a_mug(version="mug-2", tagline="Now with a better handle."))
    without_areas = a_catalogue(a_mug(version="mug-3", areas=()))
    with database.read() as session:
        assert quoted_cart(session, VISITOR, edited).problems == ()
        assert "Edit it once more" in quoted_cart(session, VISITOR, without_areas).problems[0]


def test_how_many_pieces_are_in_the_cart_besides_the_line_being_edited(database: Database) -> None:
    line = add(database, wanted(a_design(text="A"), CATALOGUE, 4))
    add(database, wanted(a_design(text="B"), CATALOGUE, 3))
    add(database, wanted(a_design(a_tee()), CATALOGUE, 2))
    with database.read() as session:
        assert pieces_in_cart(session, VISITOR) == 9
        assert pieces_in_cart(session, VISITOR, "mug", but_line=line) == 3
        assert pieces_in_cart(session, "nobody") == 0


def test_pain_14_ordering_again_keeps_every_design_whole(database: Database, clock: object) -> None:
    counter = Counter(CATALOGUE, EmbeddedJobs(database, clock, {}), seeded())  # type: ignore[arg-type] # a Clock
    designs = [(a_design(text=ZOE, inside="coral", extras=frozenset({"lid"})), 3), (a_design(a_tee(), "Team"), 2)]
    with database.write() as session:
        stocked(session, CATALOGUE.shop)
        order = counter.order(session, designs)
    for _ in range(2):
        with database.write() as session:
            assert order_again(session, "next year", order.id or 0, now=NOW) == 2
    with database.read() as session:
        again = quoted_cart(session, "next year", CATALOGUE)
    assert [(quoted.line.design, quoted.line.quantity) for quoted in again.lines] == designs


def test_two_visitors_keep_the_same_design_without_noticing_each_other(database: Database) -> None:
    for visitor in ("one", "two"):
        with database.write() as session:
            put(session, visitor, [(a_design(), 1)], CATALOGUE)
    assert lines(database, "one") == lines(database, "two") != []
