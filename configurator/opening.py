"""Open the shop: put settings, database, catalogue, clock, jobs and files together, and close them again."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from configurator.artwork.fonts import FontBook
from configurator.artwork.guest_fonts import find_guests
from configurator.artwork.proofing import PressColours, as_printed
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.clock import Clock, SystemClock
from configurator.database import Database, alone_with
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Handler
from configurator.jobs.opening import open_jobs
from configurator.migrations.migrating import migrate
from configurator.money import Currency
from configurator.orders.clearing_pictures import CLEARING, clearing_handler
from configurator.orders.messages import Sender, message_handler
from configurator.orders.posting import open_post
from configurator.production.handlers import PERIODIC, Workshop, production_handlers
from configurator.production.premises import Premises
from configurator.production.promise import Promises
from configurator.production.rush_notes import Rushes
from configurator.settings import Settings
from configurator.storage import Storage
from configurator.uploads.shelf import Shelf
from configurator.web.assets import Assets
from configurator.web.wiring import Wiring


@contextmanager
def open_wiring(settings: Settings, *, clock: Clock | None = None, alone: bool = False) -> Iterator[Wiring]:
    """Everything put together, on a database that is up to date. alone: refuse if another server has the file.

    Raises what the parts raise: FaultyBlanks, BadSetting, DatabaseInUse and so on, each with its sentence.
    """
    catalogue = read_catalogue(settings.blanks)
    colours = PressColours(catalogue.shop.press, settings.var / "profiles")
    catalogue = Catalogue(as_printed(catalogue.shop, colours), catalogue.blanks)
    with ExitStack() as stack:
        database = Database(settings.database_url)
        stack.callback(database.close)
        if alone:
            stack.enter_context(alone_with(database))
        migrate(database)
        clock = clock or SystemClock()
        handlers: dict[str, Handler] = {}
        premises = Premises(catalogue, database)
        jobs = open_jobs(database, settings, handlers, clock, PERIODIC | CLEARING)
        storage = Storage(settings.storage_url)
        wiring = Wiring(
            settings=settings,
            database=database,
            storage=storage,
            shelf=Shelf(database, storage, colours),
            premises=premises,
            fonts=FontBook(catalogue.shop.fonts, find_guests(settings.cjk_font, settings.var / "fonts")),
            clock=clock,
            jobs=jobs,
            delivery=Delivery(settings.export_url),
            promises=Promises(premises, database),
            rushes=Rushes(catalogue, database),
            assets=Assets(settings.var / "assets"),
            currency=Currency(catalogue.shop.currency, catalogue.shop.locale),
        )
        handlers.update(job_handlers(wiring))
        yield wiring


def job_handlers(wiring: Wiring) -> Mapping[str, Handler]:
    """What the durable jobs do, by kind."""
    settings = wiring.settings
    sender = Sender(wiring.catalogue.shop, settings.mail_from, lambda token: f"{settings.base_url}/orders/{token}")
    post = open_post(settings.smtp_url, settings.var / "mail")
    workshop = Workshop(
        wiring.database,
        wiring.premises.start,
        wiring.delivery,
        wiring.clock,
        lambda: wiring.jobs,
        wiring.shelf,
        settings.tell_late,
        settings.nesting_s,
    )
    keep = timedelta(days=settings.upload_days)
    return {
        **production_handlers(workshop),
        "message": message_handler(wiring.database, sender, post, wiring.clock),
        "clear-pictures": clearing_handler(wiring.database, wiring.storage, wiring.clock, keep),
    }
