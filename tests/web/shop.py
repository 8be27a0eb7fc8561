"""The real shop with its seven blanks on an empty database, for tests that speak HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from litestar.testing import TestClient

from configurator.app import asgi
from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import find_guests
from configurator.artwork.proofing import PressColours
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Handler
from configurator.jobs.opening import open_jobs
from configurator.money import Currency
from configurator.opening import job_handlers
from configurator.production.premises import Premises
from configurator.production.promise import Promises
from configurator.production.rush_notes import Rushes
from configurator.settings import Settings, read_settings
from configurator.stock.receiving import stock_up
from configurator.storage import Storage
from configurator.uploads.shelf import Shelf
from configurator.web.assets import Assets
from configurator.web.resources import ROOT
from configurator.web.wiring import Wiring
from tests.web.browser import Browser

__all__ = ["a_browser", "browser", "parts", "wiring"]

SECRET = "only for tests, thirty-two signs!"


@dataclass(frozen=True)
class Parts:
    """What costs time to make and no test changes."""

    catalogue: Catalogue
    fonts: FontBook
    assets: Assets


@pytest.fixture(scope="session")
def parts() -> Parts:
    """Made once for all tests."""
    catalogue = read_catalogue(ROOT / "blanks")
    return Parts(catalogue, FontBook(catalogue.shop.fonts, find_guests()), Assets(ROOT / "var" / "assets"))


def settings_for(database: Database, folder: Path) -> Settings:
    environment = {
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "SECRET_KEY": SECRET,
        "CONFIGURATOR_VAR": str(folder),
        "BLANKS": str(ROOT / "blanks"),
    }
    return read_settings(environment, root=ROOT)


@pytest.fixture
def wiring(database: Database, clock: FixedClock, parts: Parts, tmp_path: Path) -> Wiring:
    """The parts of the program around an empty database with the shop's first stock."""
    settings = settings_for(database, tmp_path)
    handlers: dict[str, Handler] = {}
    premises = Premises(parts.catalogue, database)
    storage = Storage(settings.storage_url)
    wired = Wiring(
        settings=settings,
        database=database,
        storage=storage,
        shelf=Shelf(database, storage, PressColours(parts.catalogue.shop.press)),
        premises=premises,
        fonts=parts.fonts,
        clock=clock,
        jobs=open_jobs(database, settings, handlers, clock),
        delivery=Delivery(settings.export_url),
        promises=Promises(premises, database),
        rushes=Rushes(parts.catalogue, database),
        assets=parts.assets,
        currency=Currency(parts.catalogue.shop.currency, parts.catalogue.shop.locale),
    )
    handlers.update(job_handlers(wired))
    with database.write() as session:
        stock_up(session, parts.catalogue.shop.components.values(), now=clock.now())
    return wired


@contextmanager
def a_browser(wiring: Wiring) -> Iterator[Browser]:
    with TestClient(asgi(wiring), raise_server_exceptions=False) as client:
        yield Browser(client)


@pytest.fixture
def browser(wiring: Wiring) -> Iterator[Browser]:
    """One visitor with an empty cart."""
    with a_browser(wiring) as visitor:
        yield visitor
