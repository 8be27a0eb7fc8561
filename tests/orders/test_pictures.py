"""Customers' pictures stay with what was ordered: PAINS 13."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.artwork.elements import Image
from configurator.database import Database
from configurator.designs.describing import summary
from configurator.designs.design import Design, read_design
from configurator.orders.cart import add_to_cart
from configurator.orders.design_store import PictureGone
from configurator.orders.rows import DesignPicture
from configurator.storage import Storage
from configurator.uploads.receiving import Sent, receive
from tests.builders import NOW, a_catalogue, a_mug, wanted
from tests.uploads.files import a_photo


@pytest.fixture
def asset(database: Database, tmp_path: Path) -> str:
    path = tmp_path / "sunset.jpg"
    path.write_bytes(a_photo(64, 48))
    with path.open("rb") as file:
        storage = Storage((tmp_path / "storage").as_uri())
        return receive(Sent(file, path.name, "zoe"), database, storage, now=NOW).asset


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
