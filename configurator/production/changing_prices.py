"""Prices and how they are reckoned, changed in the workshop: taken over when somebody presses, never by themselves."""

from dataclasses import asdict

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Blank
from configurator.blanks.repricing import repriced
from configurator.blanks.shop import Costing, Shop
from configurator.errors import Invalid
from configurator.production.rows import ShopRecord
from configurator.production.shop_records import Change, write_record

MOST_MARGIN = 95


class NoMargin(Invalid):
    """A share that is none."""

    def __init__(self) -> None:
        super().__init__(f"Write the margin as a whole number from 0 to {MOST_MARGIN}, in per cent of the net price.")


class NoShare(Invalid):
    """A share that is none."""

    def __init__(self) -> None:
        super().__init__("Write how much of a saved setup you pass on as a whole number from 0 (nothing) to 100.")


class NoRounding(Invalid):
    """Prices cannot be multiples of nothing."""

    def __init__(self) -> None:
        super().__init__("Write what prices are rounded up to as an amount above nothing, like 0.10.")


def check_costing(costing: Costing) -> None:
    """Raises NoMargin, NoShare, NoRounding."""
    if not 0 <= costing.margin <= MOST_MARGIN:
        raise NoMargin
    if not 0 <= costing.passed_on <= 100:
        raise NoShare
    if costing.round_to < 1:
        raise NoRounding


def keep_costing(session: Session, change: Change, costing: Costing) -> None:
    """How the shop reckons from now on. Raises NoMargin, NoShare, NoRounding, ChangedMeanwhile."""
    check_costing(costing)
    write_record(session, "costing", change, asdict(costing))


def take_price(session: Session, change: Change, blank: Blank, lines: str, shop: Shop) -> Blank:
    """Sell a blank at the price of these lines from now on; returns the blank with it.

    Orders keep what they were placed at: the new price is another version of the blank. Raises PriceElsewhere,
    ChangedMeanwhile.
    """
    changed = repriced(blank, lines, shop)
    write_record(session, f"price:{blank.key}", change, {"lines": lines})
    return changed


def give_back(session: Session, change: Change, blank: str) -> None:
    """Sell a blank at the price of its blank.toml again. Raises ChangedMeanwhile."""
    write_record(session, f"price:{blank}", change, {"lines": ""})


def lines_taken(session: Session, blank: str) -> tuple[str, str]:
    """The price lines that were taken over for a blank, and by whom; both empty when blank.toml's price holds."""
    statement = sa.select(col(ShopRecord.content), col(ShopRecord.changed_by))
    row = session.execute(statement.where(col(ShopRecord.key) == f"price:{blank}")).first()
    return (row[0]["lines"], row[1]) if row and row[0]["lines"] else ("", "")
