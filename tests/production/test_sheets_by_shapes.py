"""A batch of key rings: rectangles at once, its cut lines nested by a job, proved, frozen, read back from its files."""

import io
import os
import signal
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import ezdxf
import numpy as np
import pypdfium2
import pytest
import sqlalchemy as sa
from shapely import contains_xy, union_all
from shapely.geometry import Polygon
from sqlmodel import col

from configurator.artwork.dxf_areas import flat_rings
from configurator.clock import FixedClock, SystemClock
from configurator.database import Database
from configurator.export.delivery import Delivery
from configurator.export.frozen import FrozenBatch
from configurator.export.package import package_files
from configurator.geometry import lying, mapped
from configurator.jobs.contract import Finish
from configurator.orders.design_store import Proofed
from configurator.production.batch_store import batch_by_number, layout_of
from configurator.production.handlers import Workshop as Parts
from configurator.production.handlers import production_handlers
from configurator.production.laying_out import Layout
from configurator.production.layout_store import layout_state
from configurator.production.planning import Asked, plan, plan_facility
from configurator.production.releasing import package_source, release_due
from configurator.production.rows import Batch, BatchLayout, PlanCause
from tests.jobs.working import engine
from tests.production.rings import order_rings, ring_catalogue, stars
from tests.production.workshop import Workshop
from tests.programs import program, reaches

PX = 4
NESTING = "tests.production.nesting_program"
"""Pixels to a millimetre."""


@pytest.fixture
def rings(database: Database, clock: FixedClock) -> Workshop:
    """The shop as it is, with stock."""
    return Workshop(database, clock, ring_catalogue())


def search(workshop: Workshop, tmp_path: Path, seconds: int = 2) -> Finish | None:
    """What the job does before its transaction."""
    parts = Parts(
        workshop.database,
        workshop.catalogue,
        Delivery((tmp_path / "packages").as_uri()),
        workshop.clock,
        lambda: workshop.jobs,
        nesting_s=seconds,
    )
    return production_handlers(parts)["nest"]({})


def nest(workshop: Workshop, tmp_path: Path) -> None:
    finish = search(workshop, tmp_path)
    if finish:
        with workshop.write() as session:
            finish(session)


def layout(workshop: Workshop, number: str) -> Layout:
    with workshop.database.read() as session:
        return layout_of(session, batch_by_number(session, number), workshop.catalogue)


def state(workshop: Workshop, number: str) -> str:
    with workshop.database.read() as session:
        return layout_state(session, batch_by_number(session, number).id)


def planned_rings(workshop: Workshop, pieces: int | Sequence[Proofed]) -> str:
    order_rings(workshop, pieces)
    workshop.plan()
    (batch,) = workshop.open()
    return batch.number


def angles(found: Layout) -> set[float]:
    return {place.degrees for own in found.places.values() for place in own}


def test_rings_lie_by_rectangles_at_once_and_by_their_cut_lines_when_the_job_has_been(
    rings: Workshop, tmp_path: Path
) -> None:
    number = planned_rings(rings, stars(29))
    assert (state(rings, number), rings.batch(number).sheets) == ("wanted", 2)
    assert layout(rings, number).rectangles == 0
    nest(rings, tmp_path)
    found = layout(rings, number)
    assert (state(rings, number), rings.batch(number).sheets) == ("nested", 1)
    assert (len(found.sheets), found.rectangles) == (1, 2)
    assert angles(found) <= set(rings.catalogue.blank("keyring").operations[0].sheet.angles)
    assert len({place.label for own in found.places.values() for place in own}) == 29
    rings.plan()
    assert layout(rings, number) == found
    assert rings.batch(number).sheets == 1
    assert search(rings, tmp_path) is not None
    frozen = released(rings, number)
    assert (frozen.sheets, frozen.rectangles) == (found.sheets, 2)
    assert {piece.code: piece.places for piece in frozen.pieces} == found.places
    assert rings.batch(number).sheets == 1


def released(workshop: Workshop, number: str) -> FrozenBatch:
    workshop.release(number)
    with workshop.database.read() as session:
        return package_source(session, workshop.batch(number).id).batch


def test_a_ring_that_joins_or_leaves_asks_for_another_layout(rings: Workshop, tmp_path: Path) -> None:
    number = planned_rings(rings, 5)
    nest(rings, tmp_path)
    assert state(rings, number) == "nested"
    order_rings(rings, 2, visitor="later")
    assert layout(rings, number).rectangles == 1
    rings.plan()
    assert state(rings, number) == "wanted"
    assert len(layout(rings, number).places) == 7
    assert layout(rings, number).rectangles == 0


def test_a_search_that_ends_after_the_batch_has_changed_is_thrown_away(rings: Workshop, tmp_path: Path) -> None:
    number = planned_rings(rings, 5)
    late = search(rings, tmp_path)
    order_rings(rings, 1, visitor="later")
    rings.plan()
    assert late is not None
    with rings.write() as session:
        late(session)
    assert state(rings, number) == "wanted"


def test_a_released_batch_is_not_touched_by_a_search_that_ends_later(rings: Workshop, tmp_path: Path) -> None:
    number = planned_rings(rings, stars(29))
    late = search(rings, tmp_path)
    before = released(rings, number)
    assert len(before.sheets) == 2
    assert late is not None
    with rings.write() as session:
        late(session)
    with rings.database.read() as session:
        assert package_source(session, rings.batch(number).id).batch == before
    assert rings.batch(number).sheets == 2


def test_a_shop_that_wants_no_searches_has_none(rings: Workshop, tmp_path: Path) -> None:
    number = planned_rings(rings, 5)
    assert search(rings, tmp_path, seconds=0) is None
    assert state(rings, number) == "wanted"


def test_of_two_searches_for_one_batch_the_first_stays(rings: Workshop, tmp_path: Path) -> None:
    number = planned_rings(rings, 5)
    first, second = search(rings, tmp_path), search(rings, tmp_path)
    assert first is not None
    assert second is not None
    with rings.write() as session:
        first(session)
    kept = layout(rings, number)
    rings.later(minutes=1)
    with rings.write() as session:
        second(session)
    assert layout(rings, number) == kept
    assert rings.ask(sa.select(col(BatchLayout.sought_at))) == [rings.clock.now() - timedelta(minutes=1)]


def test_a_batch_whose_time_has_come_waits_some_minutes_for_its_layout(rings: Workshop) -> None:
    number = planned_rings(rings, 3)
    rings.clock.at = rings.batch(number).closes_at
    with rings.write() as session:
        session.execute(sa.update(BatchLayout).values(wanted_at=rings.clock.now()))
    assert due(rings) == ()
    rings.later(minutes=2)
    assert due(rings) == ()
    rings.later(minutes=2)
    assert due(rings) == (number,)


def due(workshop: Workshop) -> Sequence[str]:
    with workshop.write() as session:
        now = workshop.clock.now()
        return release_due(session, catalogue=workshop.catalogue, jobs=workshop.jobs, now=now).released


def test_a_kept_layout_that_is_faulty_is_not_released(rings: Workshop, tmp_path: Path) -> None:
    """Whatever happened to the row since: what is cut is what an independent checker has seen."""
    number = planned_rings(rings, stars(29))
    nest(rings, tmp_path)
    with rings.write() as session:
        row = session.execute(sa.select(BatchLayout)).scalar_one()
        places = [dict(place) for place in row.content["places"]]
        places[0]["x"], places[0]["y"] = places[1]["x"], places[1]["y"]
        row.content = {**row.content, "places": places}
    frozen = released(rings, number)
    assert (len(frozen.sheets), frozen.rectangles) == (2, 0)


def test_the_plan_of_one_facility_leaves_the_layouts_of_another_alone(rings: Workshop) -> None:
    number = planned_rings(rings, 2)
    with rings.write() as session:
        plan_facility(session, Asked("plant-leipzig", None), catalogue=rings.catalogue, now=rings.clock.now())
    assert state(rings, number) == "wanted"


def test_what_the_shapes_really_take_fills_the_next_plan(rings: Workshop, tmp_path: Path) -> None:
    """Rectangles say 48 to a batch of two sheets; once some have been nested, their own density says how many more."""
    order_rings(rings, 50)
    rings.plan()
    first, second = rings.open()
    assert (first.pieces, first.per_sheet, second.pieces) == (48, 24, 2)
    nest(rings, tmp_path)
    (sentence,) = rings.ask(sa.select(col(PlanCause.sentence)).where(col(PlanCause.kind) == "nested"))
    assert sentence.startswith(f"the cut shapes of {first.number} lie closer")
    rings.plan()
    (whole,) = rings.open()
    assert (whole.number, whole.pieces, whole.sheets) == (first.number, 50, 2)
    assert whole.per_sheet > 24
    nest(rings, tmp_path)
    assert len(layout(rings, whole.number).sheets) <= 3
    assert rings.ask(sa.select(col(PlanCause.id)).where(col(PlanCause.planned_at).is_(None))) == []


def test_a_blank_that_is_not_cut_out_asks_for_no_layout(workshop: Workshop) -> None:
    workshop.mugs(3)
    workshop.plan()
    assert workshop.ask(sa.select(col(BatchLayout.batch_id))) == []


def test_a_batch_that_is_gone_takes_its_layout_along(rings: Workshop) -> None:
    order_rings(rings, 2)
    rings.plan()
    for code in rings.ask(sa.select(col(Batch.number))):
        assert state(rings, code) == "wanted"
    with rings.write() as session:
        session.execute(sa.text("update piece set stage = 'cancelled'"))
        plan(session, catalogue=rings.catalogue, now=rings.clock.now())
    assert rings.ask(sa.select(col(Batch.id))) == rings.ask(sa.select(col(BatchLayout.batch_id))) == []


@pytest.mark.slow
def test_killed_in_the_middle_of_a_search_rectangles_stand_and_the_job_is_done_again(
    database: Database, database_url: str
) -> None:
    rings = Workshop(database, SystemClock(), ring_catalogue())
    number = planned_rings(rings, stars(29))
    flat = layout(rings, number)
    with rings.write() as session:
        engine(database, SystemClock(), {}).enqueue(session, "nest", "nest@now", {})
    with program(NESTING, database_url, "600") as process:
        assert reaches(process, "nesting")
        time.sleep(1)
        os.killpg(process.pid, signal.SIGKILL)
    assert (state(rings, number), layout(rings, number)) == ("wanted", flat)
    with program(NESTING, database_url, "2") as process:
        assert reaches(process, "done")
    assert (state(rings, number), layout(rings, number).rectangles) == ("nested", 2)
    assert released(rings, number).rectangles == 2


def test_print_cut_and_drawing_of_a_nested_sheet_agree_with_each_other(rings: Workshop, tmp_path: Path) -> None:
    """The PDF read by PDFium and the DXF by ezdxf: cut lines where the layout says, ink inside them, codes beside."""
    number = planned_rings(rings, 8)
    nest(rings, tmp_path)
    batch = released(rings, number)
    with rings.database.read() as session:
        source = package_source(session, rings.batch(number).id)
    files = package_files(batch, source.scenes, source.pictures)
    assert files == package_files(batch, source.scenes, source.pictures)
    assert any(place.degrees not in (0, 90) for piece in batch.pieces for place in piece.places)
    drawing = ezdxf.read(io.StringIO(files["sheet-1.dxf"].decode()))
    assert drawing.audit().errors == []
    height = batch.sheets[0].height_mm
    wanted = [
        Polygon([(x, height - y) for x, y in ring])
        for piece in batch.pieces
        for place in piece.places
        for scene in source.scenes[piece.design_hash]
        for contour in scene.cut
        for ring in flat_rings(
            mapped(contour, lying((scene.width_mm, scene.height_mm), place.degrees, (place.left_mm, place.top_mm)))
        )
    ]
    lines = drawing.modelspace().query('LWPOLYLINE[layer=="cut"]')
    assert all(line.closed for line in lines)
    drawn = [Polygon([point[:2] for point in line.get_points()]) for line in lines]
    assert len(drawn) == len(wanted)
    for one, other in zip(drawn, wanted, strict=True):
        assert one.symmetric_difference(other).area < 0.05
    names = {text.dxf.text for text in drawing.modelspace().query('TEXT[layer=="codes"]')}
    assert names == {f"{piece.places[0].label} {piece.code}" for piece in batch.pieces}
    ink_stays_inside(files["sheet-1.pdf"], union_all(drawn), height)


def ink_stays_inside(file: bytes, cut: Polygon, height: float) -> None:
    """Coloured artwork lies within the cut lines, and all of them have some."""
    picture = pypdfium2.PdfDocument(file)[0].render(scale=PX * 25.4 / 72).to_numpy()[:, :, :3].astype(int)
    ys, xs = np.nonzero((picture.max(axis=2) - picture.min(axis=2)) > 60)
    inside = cut.buffer(0.4)
    step = max(1, len(xs) // 4000)
    spots = zip(xs[::step] / PX, height - ys[::step] / PX, strict=True)
    assert all(contains_xy(inside, x, y) for x, y in spots)
    assert len(xs) > 1000
