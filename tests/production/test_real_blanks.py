"""The seven real blanks through the workshop: planned, released, and a package whose files read back."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import mockup
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked
from configurator.export.delivery import Delivery
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.design_store import Proofed
from configurator.orders.rows import Order
from configurator.production.handlers import Workshop as Parts
from configurator.production.handlers import production_handlers
from configurator.production.releasing import package_source
from configurator.production.rows import Batch
from tests.builders import Counter, a_checkout, seeded
from tests.production.workshop import Workshop

BLANKS = Path(__file__).parents[2] / "blanks"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(BLANKS)


@pytest.fixture(scope="module")
def fonts(catalogue: Catalogue) -> FontBook:
    return FontBook(catalogue.shop.fonts)


def proof(catalogue: Catalogue, fonts: FontBook, key: str, template: int) -> Proofed:
    blank = catalogue.blank(key)
    names = [each.key for each in blank.templates]
    asked = Asked(choices={}, template=names[template % len(names)] if names else None)
    engine = catalogue.engine(key)
    design = design_for(asked, blank, catalogue.shop, engine, fonts=fonts.fingerprint).design
    scenes = lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts)
    return Proofed(design, blank, scenes, mockup(blank, design.configuration, scenes, id_prefix="p-"))


def order_all(workshop: Workshop, fonts: FontBook, *, each: int = 3) -> Order:
    """Somebody orders a few of every blank, in two of its templates."""
    catalogue = workshop.catalogue
    counter = Counter(catalogue, workshop.jobs, seeded("all"))
    with workshop.write() as session:
        for key, blank in catalogue.blanks.items():
            for template in range(2):
                wish = Wanted(proof(catalogue, fonts, key, template), max(each, blank.least), f"?{key}")
                add_to_cart(session, "all", wish, now=workshop.clock.now())
        checkout = a_checkout(session, "all", catalogue)
        plant = next(facility for facility in catalogue.shop.facilities if facility.kind == "plant")
        ordered = replace(checkout, facility=plant.key, promised_on=date(2026, 12, 3))
        return counter.place(session, ordered, now=workshop.clock.now())


def test_every_real_blank_is_planned_released_and_exported(
    database: Database, clock: FixedClock, catalogue: Catalogue, fonts: FontBook, tmp_path: Path
) -> None:
    workshop = Workshop(database, clock, catalogue)
    order = order_all(workshop, fonts)
    report = workshop.plan()
    assert report.unplanned == ()
    assert report.pieces == len(workshop.codes(order))
    assert {batch.blank for batch in workshop.open()} == set(catalogue.blanks)
    delivery = Delivery((tmp_path / "packages").as_uri())
    parts = Parts(database, catalogue, delivery, clock, lambda: workshop.jobs)
    export = production_handlers(parts)["export"]
    for batch in workshop.open():
        workshop.release(batch.number)
        finish = export({"batch": batch.id})
        assert finish is not None
        with workshop.write() as session:
            finish(session)
        names = {file.name for file in delivery.files(batch.number)}
        assert {"manifest.json", "cut-list.csv", "work-orders.pdf", "labels.pdf"} <= names
        assert any(name.startswith(("sheet-", "stitches-")) for name in names)
        if workshop.batch(batch.number).blank in ("board", "keyring"):
            assert any(name.endswith(".dxf") for name in names)
    every = [code for batch in report.batches for code in workshop.pieces(batch)]
    assert sorted(every) == sorted(workshop.codes(order))


def test_promise_3_a_blank_edited_since_leaves_old_orders_as_they_were_sold(
    database: Database, clock: FixedClock, fonts: FontBook, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(BLANKS, tmp_path / "blanks"))
    workshop = Workshop(database, clock, read_catalogue(folder))
    order_all(workshop, fonts, each=1)
    before = workshop.plan()
    turns = [(batch.number, batch.family, batch.run_min, batch.sheets) for batch in workshop.open()]
    text = (folder / "mug" / "blank.toml").read_text()
    changed = text.replace("run_min   = 3.5", "run_min   = 99").replace("[420, 594]", "[300, 300]")
    assert changed != text
    (folder / "mug" / "blank.toml").write_text(changed)
    workshop.catalogue = read_catalogue(folder)
    after = workshop.plan()
    assert (after.batches, after.unplanned) == (before.batches, ())
    assert [(batch.number, batch.family, batch.run_min, batch.sheets) for batch in workshop.open()] == turns
    for batch in workshop.open():
        workshop.release(batch.number)
        with database.read() as session:
            assert package_source(session, batch.id).batch.number == batch.number
    assert workshop.ask(sa.select(col(Batch.status)).distinct()) == ["released"]
