"""Customers' pictures stay with what was ordered: PAINS 13."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from configurator.artwork.elements import Image
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.designs.describing import summary
from configurator.designs.design import Design, read_design
from configurator.jobs.embedded import EmbeddedJobs
from configurator.orders.cart import add_to_cart, remove_line, replace_line
from configurator.orders.clearing_pictures import clearing_handler
from configurator.orders.design_store import PictureGone
from configurator.orders.rows import DesignPicture
from configurator.storage import NoSuchBlob, Storage
from configurator.uploads.receiving import Sent, receive
from configurator.uploads.rows import Picture
from tests.artwork.workbench import book
from tests.builders import NOW, Counter, a_catalogue, a_mug, seeded, stocked, wanted
from tests.uploads.files import a_photo


@pytest.fixture
def asset(database: Database, tmp_path: Path) -> str:
    path = tmp_path / "sunset.jpg"
    path.write_bytes(a_photo(64, 48))
    with path.open("rb") as file:
        storage = Storage((tmp_path / "storage").as_uri())
        return receive(Sent(file, path.name, "zoe"), database, storage, book(), now=NOW).asset


def with_picture(asset: str) -> Design:
    mug = a_mug()
    plain = {option.key: option.domain.default for option in mug.model.options}
    return Design("mug", mug.version, "fonts-1", plain, (Image("wrap", asset, 60, 100, 40, mirrored=True),))


def test_a_design_names_its_pictures_and_keeps_them(database: Database, asset: str) -> None:
    catalogue, design = a_catalogue(), with_picture(asset)
    with database.write() as session:
        for visitor in ("zoe", "max"):
            add_to_cart(session, visitor, wanted(design, catalogue), now=NOW)
    with database.read() as session:
        kept = session.execute(sa.select(col(DesignPicture.design_hash), col(DesignPicture.asset))).all()
    assert kept == [(design.hash, asset)]
    assert read_design(design.canonical) == design
    assert summary(design, a_mug()).startswith("a picture")


def test_a_design_whose_picture_is_gone_is_not_taken_into_the_cart(database: Database) -> None:
    with database.write() as session, pytest.raises(PictureGone, match="Send it again"):
        add_to_cart(session, "zoe", wanted(with_picture("0" * 64), a_catalogue()), now=NOW)


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(a_catalogue(), EmbeddedJobs(database, FixedClock(NOW), {}), seeded())


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage((tmp_path / "storage").as_uri())


def cleared(database: Database, storage: Storage, days: float) -> list[str]:
    """The pictures that are left when it is so many days later; those that nobody uses are kept for ten."""
    clock = FixedClock(NOW + timedelta(days=days))
    clearing_handler(database, storage, clock, timedelta(days=10))({})
    with database.read() as session:
        return [picture.asset for picture in session.exec(select(Picture)).all()]


def test_a_picture_nobody_uses_is_cleared_away_after_its_time_with_its_files(
    database: Database, storage: Storage, asset: str
) -> None:
    assert cleared(database, storage, 9) == [asset]
    assert storage.get(asset)
    assert cleared(database, storage, 11) == []
    with pytest.raises(NoSuchBlob):
        storage.get(asset)
    assert cleared(database, storage, 12) == []


def test_a_picture_in_a_cart_is_never_lost_however_long_nobody_pays(
    database: Database, storage: Storage, asset: str
) -> None:
    """PAINS 13: quote expiry."""
    with database.write() as session:
        add_to_cart(session, "zoe", wanted(with_picture(asset), a_catalogue()), now=NOW)
    assert cleared(database, storage, 400) == [asset]
    assert storage.get(asset)


def test_a_picture_survives_when_its_line_is_edited_and_an_option_is_changed(
    database: Database, storage: Storage, asset: str
) -> None:
    """PAINS 13: cart edit, option change."""
    catalogue, design = a_catalogue(), with_picture(asset)
    coral = replace(design, configuration={**design.configuration, "inside": "coral"})
    with database.write() as session:
        line = add_to_cart(session, "zoe", wanted(design, catalogue), now=NOW)
        replace_line(session, "zoe", line, wanted(coral, catalogue), now=NOW)
    assert cleared(database, storage, 400) == [asset]
    with database.write() as session:
        remove_line(session, "zoe", line)
    assert cleared(database, storage, 400) == []


def test_a_picture_is_kept_as_long_as_the_order_whose_design_it_is_on(
    database: Database, storage: Storage, asset: str, counter: Counter
) -> None:
    with database.write() as session:
        stocked(session, counter.catalogue.shop)
        counter.order(session, [(with_picture(asset), 1)])
    assert cleared(database, storage, 4_000) == [asset]


def test_a_picture_that_is_sent_again_starts_its_time_anew(
    database: Database, storage: Storage, asset: str, tmp_path: Path
) -> None:
    with (tmp_path / "sunset.jpg").open("rb") as file:
        receive(Sent(file, "sunset.jpg", "max"), database, storage, book(), now=NOW + timedelta(days=9))
    assert cleared(database, storage, 11) == [asset]
    assert cleared(database, storage, 20) == []
