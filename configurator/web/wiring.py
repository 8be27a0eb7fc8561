"""Everything a page function may need, put together once by app.py."""

from typing import Any, dataclass_transform

from configurator.artwork.fonts import FontBook
from configurator.blanks.catalogue import Catalogue
from configurator.clock import Clock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.recorded import RecordedJobs
from configurator.money import Currency
from configurator.production.premises import Premises
from configurator.production.promise import Promises
from configurator.production.rush_notes import Rushes
from configurator.settings import Settings
from configurator.storage import Storage
from configurator.uploads.shelf import Shelf
from configurator.web.assets import Assets


@dataclass_transform(kw_only_default=True, frozen_default=True)
class HandedIn:
    """Named parts that Litestar hands to page functions as they are: dataclasses it would take apart and check."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)


class Wiring(HandedIn):
    """The parts of the running program."""

    settings: Settings
    database: Database
    storage: Storage
    shelf: Shelf
    premises: Premises
    fonts: FontBook
    clock: Clock
    jobs: RecordedJobs
    delivery: Delivery
    promises: Promises
    rushes: Rushes
    assets: Assets
    currency: Currency

    @property
    def catalogue(self) -> Catalogue:
        """Shop and blanks, with the facilities as the workshop keeps them now."""
        return self.premises.catalogue(self.clock.now())
