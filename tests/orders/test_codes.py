"""Numbers and codes: said, typed and scanned without mistakes."""

import secrets

import pytest

from configurator.orders.codes import (
    ALPHABET,
    order_number,
    pickup_code,
    piece_code,
    read_order_number,
    read_pickup_code,
    read_piece_code,
    token,
)
from tests.builders import seeded


def test_no_two_signs_of_an_order_number_look_alike() -> None:
    assert not set(ALPHABET) & set("O0I1LBSZU")
    assert len(set(ALPHABET)) == 27


def test_the_same_random_source_draws_the_same_codes() -> None:
    assert [order_number(seeded()), pickup_code(seeded()), token(seeded())] == [
        order_number(seeded()),
        pickup_code(seeded()),
        token(seeded()),
    ]


def test_what_is_drawn_can_be_read_again() -> None:
    for _ in range(200):
        number, code = order_number(secrets.randbelow), pickup_code(secrets.randbelow)
        assert read_order_number(number) == number
        assert read_pickup_code(code) == code
        assert read_piece_code(piece_code(number, 104)) == f"{number}-104"


@pytest.mark.parametrize("typed", ["7k4pm2", " 7K4 PM2 ", "7K4–PM2", "7k4.pm2"])
def test_an_order_number_is_read_in_any_writing(typed: str) -> None:
    assert read_order_number(typed) == "7K4-PM2"


def test_a_sign_that_is_in_no_number_is_read_as_the_one_it_looks_like() -> None:
    assert read_order_number("5B2-AAA") == read_order_number("SBZ-AAA") == "582-AAA"


@pytest.mark.parametrize("typed", ["", "7K4", "7K4-PM2-01", "QX 4471", "4262000330017", "<script>"])
def test_what_is_no_order_number_is_none(typed: str) -> None:
    assert read_order_number(typed) is None


def test_pieces_are_numbered_with_at_least_two_digits() -> None:
    assert [piece_code("7K4-PM2", n) for n in (1, 12, 100)] == ["7K4-PM2-01", "7K4-PM2-12", "7K4-PM2-100"]
    assert read_piece_code("7k4pm201") == "7K4-PM2-01"
    assert read_piece_code("7K4-PM2") is None


def test_a_pickup_code_is_read_without_its_space() -> None:
    assert read_pickup_code("qx4471") == "QX 4471"


def test_ten_thousand_order_addresses_are_long_and_all_different() -> None:
    tokens = {token(secrets.randbelow) for _ in range(10_000)}
    assert len(tokens) == 10_000
    assert {len(found) for found in tokens} == {27}
