"""Plan of 1,000 pieces and release of 100, in process, on both databases: `python -m benchmarks.workshop`."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import col

from benchmarks.measuring import report, timed
from benchmarks.places import databases, folder, wired
from benchmarks.shopping import order_of
from configurator.clock import FixedClock
from configurator.jobs.contract import Handler
from configurator.production.batch_store import open_batches
from configurator.production.planning import plan
from configurator.production.releasing import export_handler, release
from configurator.production.rows import Batch
from configurator.stock.receiving import stock_up
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring

PIECES = 1000
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def main() -> None:
    """One JSON line a figure and database; beside planning, reading the same pieces from the table."""
    with folder() as var, databases(var) as urls:
        for name, url in urls.items():
            with wired(url, var, clock=FixedClock(MONDAY)) as wiring:
                _measure(name, wiring)


def _measure(name: str, wiring: Wiring) -> None:
    studio = Studio(wiring)
    with wiring.database.write() as session:
        for _ in range(8):
            stock_up(session, wiring.catalogue.shop.components.values(), now=wiring.clock.now())
    for number in range(PIECES // 20):
        order_of(wiring, studio, f"{name}{number}", number)
    report(f"{name}: first plan of {PIECES} pieces", timed(lambda: plan_once(wiring), 1, warm=0))
    report(f"{name}: plan again of {PIECES} pieces", timed(lambda: plan_once(wiring), 5))
    _release(name, wiring, export_handler(wiring.database, wiring.delivery, wiring.clock))


def plan_once(wiring: Wiring) -> None:
    """A plan in a transaction of its own."""
    with wiring.database.write() as session:
        plan(session, catalogue=wiring.catalogue, now=wiring.clock.now())


def _release(name: str, wiring: Wiring, export: Handler) -> None:
    """Batches until 100 pieces are released; then their packages."""
    with wiring.database.read() as session:
        batches = sorted(open_batches(session), key=lambda batch: -batch.pieces)
    chosen, pieces = [], 0
    for batch in batches:
        if pieces < 100:
            chosen.append(batch)
            pieces += batch.pieces
    report(
        f"{name}: release of {pieces} pieces in {len(chosen)} batches", timed(lambda: _free(wiring, chosen), 1, warm=0)
    )
    ids = [batch.id for batch in chosen]
    report(f"{name}: packages of {pieces} pieces", timed(lambda: [export({"batch": key}) for key in ids], 1, warm=0))
    assert _frozen(wiring, ids) == len(ids)


def _free(wiring: Wiring, batches: list[object]) -> None:
    for batch in batches:
        with wiring.database.write() as session:
            release(
                session, batch.id, who="bench", catalogue=wiring.catalogue, jobs=wiring.jobs, now=wiring.clock.now()
            )


def _frozen(wiring: Wiring, ids: list[int]) -> int:
    statement = sa.select(sa.func.count()).where(col(Batch.id).in_(ids), col(Batch.status) == "released")
    with wiring.database.read() as session:
        return int(session.execute(statement).scalar_one())


if __name__ == "__main__":
    main()
