"""A process that makes plans as a worker does, and says at which point it is, so that a test can kill it there.

python -m tests.production.planner <database url> <the time, as ISO text>
"""

import sys
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session

from configurator.blanks.catalogue import Catalogue
from configurator.clock import Clock, FixedClock, SystemClock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.jobs.contract import Finish, Handler
from configurator.production.handlers import Workshop, production_handlers
from tests.jobs.working import Engine, engine
from tests.production.workshop import two_plants

A_MOMENT = 0.05


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
    time.sleep(A_MOMENT)


def planners(
    database: Database, clock: Clock, jobs: list[Engine], catalogue: Catalogue | None = None
) -> Mapping[str, Handler]:
    """Production's jobs; packages and messages are not what this is about."""
    parts = Workshop(database, catalogue or two_plants(), Delivery(Path("/nowhere").as_uri()), clock, lambda: jobs[0])
    return {**production_handlers(parts), "message": lambda _: None, "export": lambda _: None}


def talking(plan: Handler) -> Handler:
    """The real handler, which says when it has searched, and when it has written and nothing is committed yet."""

    def handle(args: Mapping[str, Any]) -> Finish:
        finish = plan(args)
        say("searched")

        def write(session: Session) -> None:
            if finish is not None:
                finish(session)
            say("written")

        return write

    return handle


def main(url: str, now: str) -> None:
    clock = SystemClock() if now == "now" else FixedClock(datetime.fromisoformat(now))
    database, box = Database(url), list[Engine]()
    handlers = dict(planners(database, clock, box))
    jobs = engine(database, clock, {**handlers, "plan": talking(handlers["plan"])}, lease=timedelta(seconds=2))
    box.append(jobs)
    jobs.start()
    say("working")
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
