"""What a release hands to export: a batch as plain frozen values, JSON in and out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """Where a piece's area lies: on a sheet (from 1), left and top of the upright box around its trim box in mm.

    degrees: how far it is turned, clockwise.
    """

    sheet: int
    area: str
    left_mm: float
    top_mm: float
    degrees: float
    label: str


@dataclass(frozen=True, slots=True)
class FrozenPiece:
    """A piece as released. configuration: (option label, chosen label).

    components: (key, label, count, unit). due, best_before: ISO 8601 dates; best_before is empty unless food.
    food_label: the legal lines as blanks/food.py writes them; the label adds lot and best before. warnings: what
    preflight had said; ticked: ISO 8601 date and time at which the customer ticked that it is made so, in local time.
    """

    code: str
    order_number: str
    customer: str
    title: str
    summary: str
    blank: str
    design_hash: str
    due: str
    note: str
    configuration: tuple[tuple[str, str], ...]
    components: tuple[tuple[str, str, int, str], ...]
    texts: tuple[str, ...]
    food_label: tuple[str, ...]
    places: tuple[FrozenPlace, ...]
    best_before: str = ""
    warnings: tuple[str, ...] = ()
    ticked: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSheet:
    """One sheet: number from 1, size in mm, whether it is printed mirrored, share of its area used (0..1).

    output: print | laser | cut; empty: the batch's own. A print area engraved beside a printed sheet has its own.
    """

    number: int
    width_mm: float
    height_mm: float
    mirror: bool
    used: float
    output: str = ""


@dataclass(frozen=True, slots=True)
class FrozenBatch:
    """A released batch. output: print | laser | cut | stitch. released_at: ISO 8601, UTC.

    operations: (name, work centre, setup minutes, run minutes a piece). maker: the shop's legal name and
    address, as food labels must say it. threads: (ink key, label) of embroidery; sewing: the machine's stitches a
    minute, seconds to cut a thread and seconds to change it, or nothing. condition, profile (SHA-256), total_ink: what
    print files are made for, empty for the free profile. spots: (separation, what the machine calls it). dpi: at
    which a laser engraves. rectangles: common sheets it would take by rectangles, if it is laid by outlines; else 0.
    marks: registration marks of what is cut after printing, as `blanks.marks.Marks` has them; None: the usual crosses.
    timezone: in which its papers tell the time, the facility's; empty: UTC. step_pieces: how many pieces each of the
    operations is for; empty: all.
    """

    number: str
    facility: str
    work_centre: str
    family: str
    title: str
    blank: str
    output: str
    method: str
    released_at: str
    released_by: str
    changeover_min: float
    run_min: float
    operations: tuple[tuple[str, str, float, float], ...]
    sheets: tuple[FrozenSheet, ...]
    pieces: tuple[FrozenPiece, ...]
    maker: str = ""
    threads: tuple[tuple[str, str], ...] = ()
    sewing: tuple[float, ...] = ()
    condition: str = ""
    profile: str = ""
    total_ink: float = 3.0
    spots: tuple[tuple[str, str], ...] = ()
    dpi: int = 254
    rectangles: int = 0
    marks: dict[str, Any] | None = None
    timezone: str = ""
    step_pieces: tuple[int, ...] = ()


def plain_batch(batch: FrozenBatch) -> dict[str, Any]:
    """The batch as JSON values, for the database."""
    return asdict(batch)


def frozen_batch(plain: Mapping[str, Any]) -> FrozenBatch:
    """The batch that JSON values stand for. Raises TypeError on a field that FrozenBatch does not have."""
    return FrozenBatch(
        **{
            **plain,
            "operations": tuple(tuple(operation) for operation in plain["operations"]),
            "step_pieces": tuple(plain.get("step_pieces", ())),
            "spots": tuple((name, own) for name, own in plain.get("spots", ())),
            "sheets": tuple(FrozenSheet(**sheet) for sheet in plain["sheets"]),
            "pieces": tuple(_piece(piece) for piece in plain["pieces"]),
            "threads": tuple((key, label) for key, label in plain.get("threads", ())),
            "sewing": tuple(plain.get("sewing", ())),
        }
    )


def _piece(plain: Mapping[str, Any]) -> FrozenPiece:
    return FrozenPiece(
        **{
            **plain,
            "configuration": tuple((option, chosen) for option, chosen in plain["configuration"]),
            "components": tuple((key, label, count, unit) for key, label, count, unit in plain["components"]),
            "texts": tuple(plain["texts"]),
            "warnings": tuple(plain.get("warnings", ())),
            "food_label": tuple(plain["food_label"]),
            "places": tuple(FrozenPlace(**place) for place in plain["places"]),
        }
    )
