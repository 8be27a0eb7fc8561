"""The durable jobs of production: a plan after every order, the cut-off every minute."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from configurator.export.delivery import Delivery
from configurator.jobs.embedded import EmbeddedJobs
from configurator.production.handlers import Workshop as Parts
from configurator.production.handlers import production_handlers
from configurator.production.holding import hold, let_go
from configurator.production.rows import PlanFigures
from tests.production.workshop import Workshop


@pytest.fixture
def running(workshop: Workshop, tmp_path: Path) -> Workshop:
    """A workshop whose jobs are really run."""
    delivery = Delivery((tmp_path / "packages").as_uri())
    parts = Parts(workshop.database, workshop.catalogue, delivery, workshop.clock, lambda: workshop.jobs)
    handlers = {**production_handlers(parts), "message": lambda _: None}
    workshop.jobs = EmbeddedJobs(workshop.database, workshop.clock, handlers)
    return workshop


def planned_at(workshop: Workshop) -> datetime | None:
    found = workshop.ask(sa.select(col(PlanFigures.made_at)))
    return found[0] if found else None


def cut_off(workshop: Workshop) -> None:
    with workshop.write() as session:
        workshop.jobs.enqueue(session, "cut-off", f"cut-off {workshop.clock.now()}", {})
    workshop.jobs.run_due()


def test_an_order_is_planned_by_its_job(running: Workshop) -> None:
    order = running.mugs(3)
    running.jobs.run_due()
    assert running.pieces("B-001") == running.codes(order)


def test_many_orders_at_once_are_planned_once(running: Workshop) -> None:
    running.mugs(1, text="one")
    running.mugs(1, text="two")
    assert running.enqueued("plan") == ["plan:plant:press"]
    running.jobs.run_due()
    first = planned_at(running)
    running.later(minutes=1)
    running.jobs.run_due()
    assert planned_at(running) == first
    running.mugs(1, text="three")
    running.jobs.run_due()
    assert planned_at(running) == running.clock.now()
    assert len(running.pieces("B-001")) == 3


def test_a_cancellation_and_the_end_of_a_hold_are_planned_by_jobs(running: Workshop) -> None:
    gone, stays = running.mugs(1, text="gone"), running.mugs(1, text="stays")
    running.jobs.run_due()
    running.cancel(gone)
    running.jobs.run_due()
    assert running.pieces("B-001") == running.codes(stays)
    (code,) = running.codes(stays)
    with running.write() as session:
        hold(session, code, reason="a question", who="Deniz", now=running.clock.now())
    cut_off(running)
    assert list(running.left()) == [code]
    with running.write() as session:
        let_go(session, code)
    running.later(minutes=1)
    cut_off(running)
    assert running.left() == {}
    assert [code for batch in running.open() for code in running.pieces(batch.number)] == [code]


def test_the_cut_off_releases_and_writes_the_package(running: Workshop) -> None:
    running.mugs(2)
    running.jobs.run_due()
    running.clock.at = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    cut_off(running)
    batch = running.batch("B-001")
    assert (batch.status, batch.package, batch.packaged_at) == ("released", "B-001", running.clock.now())
