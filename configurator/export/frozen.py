"""What a release hands to export: a batch as plain frozen values, JSON in and out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrozenPlace:
    """Where a piece's area lies on a sheet: sheet number from 1, left/top of the trim box in mm, turned 90°."""

    sheet: int
    area: str
    left_mm: float
    top_mm: float
    turned: bool
    label: str


@dataclass(frozen=True, slots=True)
class FrozenPiece:
    """A piece as released. configuration: (option label, chosen label). components: (label, count, unit)."""

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


@dataclass(frozen=True, slots=True)
class FrozenSheet:
    """One sheet: number from 1, size in mm, whether it is printed mirrored, share of its area used (0..1)."""

    number: int
    width_mm: float
    height_mm: float
    mirror: bool
    used: float


@dataclass(frozen=True, slots=True)
class FrozenBatch:
    """A released batch. output: print | laser | cut. released_at: ISO 8601, UTC."""

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
