"""The layout of a batch by its pieces' outlines: what it is for, what is kept of it, and whether it still fits."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from configurator.artwork.footprint import Ring
from configurator.blanks.blank import SheetSpec
from configurator.production.routing import Route
from configurator.production.shape_nesting import PlacedShape

FORMAT = 2
"""Of fingerprints; it rises when outlines or the search change so that kept layouts are not to be used any more."""

Outlines = Mapping[tuple[str, str], Ring]
"""(design hash, area) -> footprint as it lies on its sheet: mirrored on a mirrored one."""


@dataclass(frozen=True, slots=True)
class ShapeLayout:
    """Pieces by their outlines. places: each is named by `spot`. used: the share of every sheet that they cover.

    rectangles: sheets that the same pieces take by the rectangles of their print areas.
    """

    places: tuple[PlacedShape, ...]
    used: tuple[float, ...]
    rectangles: int


LyingPiece = tuple[str, str, Route]
"""(piece code, design hash, how it is made)."""


def spot(code: str, area: str) -> str:
    """The name of a print area of a piece on its sheet."""
    return f"{code} {area}"


def shaped_sheet(routes: Sequence[Route]) -> SheetSpec | None:
    """The common sheet of these pieces, if their outlines say more than rectangles."""
    spec = next((route.sheet for route in routes if route.sheet), None)
    return spec if any(route.contours for route in routes) else None


def fingerprint(pieces: Sequence[LyingPiece]) -> str:
    """What a layout is for: the sheet and the pieces in the batch's order. Empty: rectangles are all that is wanted."""
    spec = shaped_sheet([route for _, _, route in pieces])
    if spec is None:
        return ""
    content = [FORMAT, asdict(spec), [(code, design) for code, design, _ in pieces]]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def plain_layout(layout: ShapeLayout) -> dict[str, Any]:
    """The layout as JSON values, for the database."""
    return asdict(layout)


def shape_layout(plain: Mapping[str, Any]) -> ShapeLayout:
    """The layout that JSON values stand for."""
    places = tuple(PlacedShape(**place) for place in plain["places"])
    return ShapeLayout(places, tuple(plain["used"]), plain["rectangles"])
