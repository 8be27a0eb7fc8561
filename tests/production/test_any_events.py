"""The living plan through any events: released batches stay as they are, the rest is planned within every calendar."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from configurator.blanks.calendar import Holiday, Shift
from configurator.blanks.catalogue import Catalogue
from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.premises import as_kept
from configurator.production.rows import Batch, BatchStep, StandStill
from configurator.production.standing_still import Stop, run_again, stop
from tests.builders import a_facility, a_shop
from tests.effort import examples
from tests.production.calendars import Key, Span, works
from tests.production.days import Day, after_a_plan, agree, rows_of
from tests.production.workshop import Workshop, workshop_catalogue

BEGINS = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

EVENTS = (
    "order", "order", "order", "release", "release", "cancel", "scan", "scan",
    "hold_or_let_go", "deliver", "time_passes", "break_down", "run_again", "finish_late", "reject",
)  # fmt: skip


class EventfulDay(Day):
    """A day on which machines break down and batches are not done in time."""

    def break_down(self) -> None:
        now, shop = self.workshop.clock.now(), self.workshop.catalogue.shop
        at = self.dice.choice(["plant", "store"])
        centre = self.dice.choice(["", *sorted(shop.facility(at).centres)])
        since = now + timedelta(minutes=self.dice.randrange(-30, 600))
        wanted = Stop(at, centre, 0, since, since + timedelta(minutes=self.dice.randrange(1, 2000)), "belt", "Deniz")
        with self.workshop.write() as session:
            stop(session, wanted, shop=shop, jobs=self.workshop.jobs, now=now)

    def run_again(self) -> None:
        down = self.workshop.ask(sa.select(col(StandStill.id)).order_by(col(StandStill.id)))
        if down:
            workshop, number = self.workshop, self.dice.choice(down)
            with workshop.write() as session:
                run_again(session, number, shop=workshop.catalogue.shop, jobs=workshop.jobs, now=workshop.clock.now())

    def finish_late(self) -> None:
        """Nobody scans until after the planned end of what is released."""
        ends = self.workshop.ask(sa.select(col(Batch.ends_at)).where(col(Batch.status) == "released"))
        late = max([self.workshop.clock.now(), *(each for each in ends if each)])
        self.workshop.clock.at = late + timedelta(minutes=self.dice.randrange(1, 300))

    def reject(self) -> None:
        """A released piece goes as far as the check, where it fails."""
        made = self.workshop.ask(sa.text("SELECT code FROM piece WHERE stage = 'released' ORDER BY id"))
        if made:
            code = self.dice.choice(made)
            place = sa.text("SELECT facility FROM piece WHERE code = :code").bindparams(code=code)
            (facility,) = self.workshop.ask(place)
            for station in ("picking", "production"):
                self.workshop.scan(station, code, facility=facility)
            self.workshop.scan("check", code, facility=facility, verdict="reject", defect="smeared")


@contextmanager
def opened(template: Path, catalogue: Catalogue) -> Iterator[Workshop]:
    """A workshop on a database of its own, Monday at ten in Bremen."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{shutil.copy(template, Path(folder) / 'shop.db')}")
        try:
            yield Workshop(database, FixedClock(BEGINS), catalogue)
        finally:
            database.close()


def scarce_and_closed_at_times() -> Catalogue:
    """Things run out; a night shift, a holiday on Wednesday, one press that works mornings only."""
    day, night = Shift((0, 1, 2, 3, 4), time(6), time(14)), Shift((0, 2, 3), time(22), time(3, 30))
    holidays = (Holiday(date(2026, 11, 25), date(2026, 11, 25), "-"),)
    plant = a_facility("plant", kind="plant", shifts=(day, night), holidays=holidays)
    store = a_facility("store", shifts=(Shift((0, 1, 2, 3, 4, 5), time(9, 30), time(12)),))
    return workshop_catalogue(shop=a_shop(start=20, facilities=(plant, store)))


CATALOGUE = scarce_and_closed_at_times()


@examples(6)
@given(st.lists(st.sampled_from(EVENTS), min_size=6, max_size=24), st.integers(0, 2**32))
def test_whatever_happens_in_whatever_order_what_is_released_stays_and_the_rest_keeps_to_the_calendars(
    sqlite_template: Path, events: list[str], seed: int
) -> None:
    with opened(sqlite_template, CATALOGUE) as workshop:
        day = EventfulDay(workshop, random.Random(seed))
        day.order()
        workshop.plan()
        for event in events:
            day.tried(getattr(day, event))
            frozen = rows_of(workshop, "released", "done")
            workshop.plan()
            assert rows_of(workshop, "released", "done") == frozen
            after_a_plan(workshop)
            keeps_to_the_calendars(workshop)
        agree(workshop)
        planned = rows_of(workshop, "open")
        workshop.plan()
        assert rows_of(workshop, "open", "released", "done") == planned + frozen


def keeps_to_the_calendars(workshop: Workshop) -> None:
    """Every open step begins and ends while its machine works, after what is released for it, and alone."""
    now = workshop.clock.now()
    with workshop.database.read() as session:
        shop = as_kept(session, workshop.catalogue, now).shop
        rows = session.execute(sa.select(BatchStep, col(Batch.status)).join(Batch)).all()
    spans: dict[tuple[str, Key], list[Span]] = {}
    frozen: dict[tuple[str, Key], list[datetime]] = {}
    for step, status in rows:
        place = step.facility, (step.work_centre, step.machine)
        if status == "open":
            facility = shop.facility(step.facility)
            assert step.starts_at >= now
            if step.starts_at < step.ends_at:
                assert works(facility, place[1], step.starts_at)
                assert works(facility, place[1], step.ends_at - timedelta(milliseconds=5))
            spans.setdefault(place, []).append((step.starts_at, step.ends_at))
        elif status == "released" and step.ends_at > now:
            frozen.setdefault(place, []).append(step.ends_at)
    for place, own in spans.items():
        assert all(before[1] <= later[0] for before, later in pairwise(sorted(own)))
        assert all(starts >= ends for starts, _ in own for ends in frozen.get(place, ()))
