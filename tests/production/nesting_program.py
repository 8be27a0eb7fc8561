"""A process that works off the job that nests a batch, and says when it begins, so that a test can kill it there.

python -m tests.production.nesting_program <database url> <seconds>
"""

import sys
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from configurator.clock import SystemClock
from configurator.database import Database
from configurator.jobs.contract import Finish
from configurator.production.nesting_job import nesting_handler
from configurator.production.rows import BatchLayout
from tests.jobs.working import engine, until
from tests.production.program import say
from tests.production.rings import ring_catalogue


def main(url: str, seconds: int) -> None:
    database, clock = Database(url), SystemClock()
    search = nesting_handler(database, ring_catalogue(), clock, seconds=seconds)

    def nest(args: Mapping[str, Any]) -> Finish | None:
        say("nesting")
        return search(args)

    jobs = engine(database, clock, {"nest": nest})
    jobs.start()
    until(lambda: "wanted" not in states(database))
    say("done")
    jobs.stop()


def states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.execute(sa.select(col(BatchLayout.state))).scalars())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
