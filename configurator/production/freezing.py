"""A batch as it is released: everything its package is written from, so that nothing later changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from statistics import mean
from typing import Any, TypedDict

from configurator.blanks.food import food_label
from configurator.blanks.shop import Facility, Shop, WorkCentre
from configurator.designs.describing import configuration_lines, texts_on
from configurator.errors import Conflict
from configurator.export.frozen import FrozenBatch, FrozenPiece, FrozenPlace
from configurator.production.design_reading import Ordered
from configurator.production.hours import Hours
from configurator.production.laying_out import Layout
from configurator.production.release_store import PieceToMake
from configurator.production.routing import Route
from configurator.production.rows import Batch


class NoRoomForMarks(Conflict):
    """A sheet was designed with a margin that is narrower than the cutter's marks."""

    def __init__(self, centre: WorkCentre, margin: float) -> None:
        reach = centre.marks.reach_mm if centre.marks else 0
        super().__init__(
            f"The marks that “{centre.label}” finds its sheets by reach {reach:g} mm into the sheet, but its margin is "
            f"{margin:g} mm. Give it smaller marks nearer to the edge on the Facility page, then release again."
        )


@dataclass(frozen=True, slots=True)
class ToFreeze:
    """A piece with its design as ordered and how it is made."""

    piece: PieceToMake
    ordered: Ordered
    route: Route


def frozen(batch: Batch, pieces: Sequence[ToFreeze], shop: Shop, layout: Layout) -> FrozenBatch:
    """The batch with its sheets and papers. The batch is released: `released_at` is set."""
    facility = shop.facility(batch.facility)
    method = shop.methods.get(next((key for each in pieces if (key := each.route.method)), ""))
    return FrozenBatch(
        number=batch.number,
        facility=facility.name,
        work_centre=facility.centres[batch.work_centre].label,
        family=batch.family,
        title=batch.title,
        blank=batch.blank,
        output=method.output if method else "print",
        method=method.label if method else "",
        released_at=batch.released_at.isoformat() if batch.released_at else "",
        released_by=batch.released_by,
        changeover_min=batch.changeover_min,
        run_min=batch.run_min,
        operations=(operations := _operations(batch, pieces, facility)),
        step_pieces=tuple(_needing(name, pieces) for name, *_ in operations),
        sheets=layout.sheets,
        pieces=tuple(_piece(batch, each, shop, layout.places) for each in pieces),
        maker=f"{shop.legal_name}, {shop.address}",
        **_threads(pieces, shop),
        condition=shop.press.condition,
        profile=shop.press.profile,
        total_ink=shop.press.total_ink,
        spots=tuple(sorted(facility.centres[batch.work_centre].spots.items())),
        dpi=facility.centres[batch.work_centre].dpi,
        rectangles=layout.rectangles,
        marks=_marks(pieces, facility),
        timezone=facility.timezone,
    )


def _marks(pieces: Sequence[ToFreeze], facility: Facility) -> dict[str, Any] | None:
    """Of the first machine on the way that finds a sheet by marks. Raises NoRoomForMarks."""
    steps = [step for each in pieces for step in each.route.operations]
    centre = next((facility.centres[step.at] for step in steps if facility.centres[step.at].marks), None)
    if centre is None or centre.marks is None:
        return None
    sheet = next((each.route.sheet for each in pieces if each.route.contours and each.route.sheet), None)
    if sheet and sheet.margin_mm < centre.marks.reach_mm:
        raise NoRoomForMarks(centre, sheet.margin_mm)
    return asdict(centre.marks)


class _Sewn(TypedDict, total=False):
    threads: tuple[tuple[str, str], ...]
    sewing: tuple[float, ...]


def _threads(pieces: Sequence[ToFreeze], shop: Shop) -> _Sewn:
    """What the thread list needs to know of the embroidery method; nothing when nothing is embroidered."""
    keys = {key for each in pieces for key in each.route.methods.values()}
    found = next((method for key, method in shop.methods.items() if key in keys and method.sewing), None)
    if found is None or found.sewing is None:
        return {}
    sewing = (float(found.sewing.per_min), found.sewing.trim_s, found.sewing.change_s)
    return {"threads": tuple((ink.key, ink.label) for ink in found.inks), "sewing": sewing}


def _operations(
    batch: Batch, pieces: Sequence[ToFreeze], facility: Facility
) -> tuple[tuple[str, str, float, float], ...]:
    """Every operation that any piece needs, once, in the order of the blank; the lead's setup as planned.

    Its run minutes are those of a piece, or the pieces' mean where their artwork takes the machine longer or shorter.
    """
    longest = max((each.route for each in pieces), key=lambda route: len(route.operations))
    routed = [step for each in pieces for step in each.route.operations]
    steps = {step.name: step for step in [*longest.operations, *routed]}
    lead = longest.lead.name
    return tuple(
        (
            step.name,
            facility.centres[step.at].label,
            batch.changeover_min if step.name == lead else step.setup_min,
            round(mean(each.run_min for each in routed if each.name == step.name), 2),
        )
        for step in steps.values()
    )


def _needing(step: str, pieces: Sequence[ToFreeze]) -> int:
    """How many pieces go through a step."""
    return sum(any(own.name == step for own in each.route.operations) for each in pieces)


def _piece(batch: Batch, each: ToFreeze, shop: Shop, places: Mapping[str, tuple[FrozenPlace, ...]]) -> FrozenPiece:
    piece, design, blank = each.piece, each.ordered.design, each.ordered.blank
    hours = Hours.of(shop.facility(batch.facility))
    return FrozenPiece(
        code=piece.code,
        order_number=piece.order_number,
        customer=piece.customer,
        title=piece.title,
        summary=piece.summary,
        blank=piece.blank,
        design_hash=piece.design_hash,
        due=hours.local(piece.due_at).date().isoformat(),
        note=_note(piece),
        configuration=configuration_lines(design, blank),
        components=_components(piece, shop),
        texts=texts_on(design),
        food_label=food_label(blank, design.configuration),
        places=places[piece.code],
        best_before=_best_before(batch, each, hours),
        warnings=tuple(piece.warnings),
        ticked=hours.local(piece.ordered_at).isoformat(timespec="minutes") if piece.warnings else "",
    )


def _note(piece: PieceToMake) -> str:
    if piece.remake_of is not None:
        return "Made again"
    return "Rush" if piece.rush else ""


def _components(piece: PieceToMake, shop: Shop) -> tuple[tuple[str, str, int, str], ...]:
    return tuple(
        (key, component.label, count, component.unit)
        if (component := shop.components.get(key))
        else (key, key, count, "")
        for key, count in sorted(piece.uses.items())
    )


def _best_before(batch: Batch, each: ToFreeze, hours: Hours) -> str:
    food = each.ordered.blank.food
    if food is None or batch.released_at is None:
        return ""
    return (hours.local(batch.released_at).date() + timedelta(days=food.best_before_days)).isoformat()
