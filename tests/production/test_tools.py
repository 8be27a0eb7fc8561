"""Tools last so many pieces: their change is planned like a changeover, and can be told before its time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col

from configurator.clock import FixedClock
from configurator.database import Database
from configurator.production.clockwork import wound
from configurator.production.hours import Hours
from configurator.production.rows import BatchStep, ToolChange
from configurator.production.tool_store import tool_wear
from configurator.production.tools import NoSuchTool, change_tool, worn_tools
from configurator.production.turns import Job, Queues, Station, Task
from tests.builders import a_facility, a_mug
from tests.production.workshop import Workshop, workshop_catalogue

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PRESS = ("plant", "press", 1, "sleeve")


@pytest.fixture
def workshop(database: Database, clock: FixedClock) -> Workshop:
    """A workshop whose press has a sleeve that lasts 30 mugs."""
    printing, pressing, gilding = a_mug().operations
    pressing = replace(pressing, tool="sleeve", tool_lasts=30)
    catalogue = workshop_catalogue()
    mug = replace(a_mug(), operations=(printing, pressing, gilding))
    return Workshop(database, clock, replace(catalogue, blanks={**catalogue.blanks, "mug": mug}))


def steps(workshop: Workshop) -> list[BatchStep]:
    statement = sa.select(BatchStep).where(col(BatchStep.tool) == "sleeve").order_by(col(BatchStep.starts_at))
    return list(workshop.ask(statement))


def wear(workshop: Workshop) -> int | None:
    with workshop.database.read() as session:
        return tool_wear(session).get(PRESS)


def test_a_worn_tool_is_changed_before_the_batch_that_would_use_it_up(workshop: Workshop) -> None:
    workshop.mugs(24)
    workshop.mugs(20, inside="coral")
    workshop.plan()
    first, second = steps(workshop)
    assert (first.worn, first.tool_changes, first.changeover_min) == (24, 0, 6)
    assert (second.worn, second.tool_changes, second.changeover_min) == (14, 1, 12)


def test_what_is_released_has_worn_the_tool_and_what_is_open_has_not(workshop: Workshop) -> None:
    workshop.mugs(24)
    workshop.plan()
    assert wear(workshop) is None
    workshop.release("B-001")
    assert wear(workshop) == 24
    workshop.mugs(10)
    workshop.plan()
    assert [step.tool_changes for step in steps(workshop)] == [0, 1]
    assert wear(workshop) == 24


def test_a_tool_changed_by_hand_begins_anew(workshop: Workshop) -> None:
    workshop.mugs(24)
    workshop.plan()
    workshop.release("B-001")
    workshop.mugs(10)
    workshop.later(hours=6)
    plant = workshop.catalogue.shop.facility("plant")
    change = ToolChange(
        facility="plant", work_centre="press", machine=1, tool="sleeve", who="Deniz", at=NOW + timedelta(hours=6)
    )
    with workshop.write() as session:
        change_tool(session, change, plant, jobs=workshop.jobs)
    assert wear(workshop) == 0
    workshop.plan()
    assert [step.tool_changes for step in steps(workshop)] == [0, 0]
    with workshop.database.read() as session:
        (tool,) = worn_tools(plant, tool_wear(session), workshop.catalogue.blanks.values())
    assert (tool.label, tool.tool, tool.made, tool.left) == ("Press", "sleeve", 0, 30)


def test_a_tool_that_nobody_uses_there_cannot_be_changed(workshop: Workshop) -> None:
    change = ToolChange(facility="plant", work_centre="press", machine=1, tool="die", who="Deniz", at=NOW)
    with pytest.raises(NoSuchTool), workshop.write() as session:
        change_tool(session, change, workshop.catalogue.shop.facility("plant"), jobs=workshop.jobs)


@given(st.lists(st.integers(1, 80), min_size=1, max_size=8), st.integers(1, 40), st.integers(0, 40))
def test_no_tool_ever_makes_more_than_it_lasts(pieces: list[int], lasts: int, worn: int) -> None:
    station = Station(Hours.of(a_facility("plant", centres=())), NOW, None, {"die": min(worn, lasts)})
    jobs = [
        Job(f"B-{n:03d}", (Task("Cut", "press", "a", 5, count, count, True, "die", lasts, 5),), NOW, NOW)
        for n, count in enumerate(pieces, start=1)
    ]
    turns = wound(jobs, {("press", 1): station}, Queues({("press", 1): [job.number for job in jobs]}), {})
    made = min(worn, lasts)
    for job, count in zip(jobs, pieces, strict=True):
        (step,) = turns[job.number].steps
        assert 0 < step.worn <= lasts
        assert step.worn == made + count - step.tool_changes * lasts
        made = step.worn
