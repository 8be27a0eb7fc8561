"""Everything a page function may need, put together once by app.py."""

from dataclasses import dataclass

from configurator.artwork.fonts import FontBook
from configurator.blanks.catalogue import Catalogue
from configurator.clock import Clock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.recorded import RecordedJobs
from configurator.money import Currency
from configurator.production.promise import Promises
from configurator.settings import Settings
from configurator.web.assets import Assets


@dataclass(frozen=True)
class Wiring:
    """The parts of the running program."""

    settings: Settings
    database: Database
    catalogue: Catalogue
    fonts: FontBook
    clock: Clock
    jobs: RecordedJobs
    delivery: Delivery
    promises: Promises
    assets: Assets
    currency: Currency
