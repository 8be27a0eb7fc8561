"""A process that works on jobs, slowly, and says at which point it is, so that a test can kill it there.

python -m tests.jobs.program <database url> <folder>
"""

import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlmodel import Session

from configurator.clock import SystemClock
from configurator.database import Database
from configurator.jobs.contract import Finish
from tests.jobs.working import engine, leave_mark

A_MOMENT = 0.03


def say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()
    time.sleep(A_MOMENT)


def main(url: str, folder: Path) -> None:
    def work(args: Mapping[str, Any]) -> Finish:
        name = args["name"]
        say("at work")
        (folder / f"{name}.{threading.get_ident()}").write_text(name)
        (folder / f"{name}.{threading.get_ident()}").rename(folder / name)
        say("worked")

        def finish(session: Session) -> None:
            leave_mark(session, name)
            say("finishing")
            if args.get("then"):
                jobs.enqueue(session, "work", f"after {name}", {"name": f"after {name}"})

        return finish

    jobs = engine(Database(url), SystemClock(), {"work": work})
    jobs.start()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
