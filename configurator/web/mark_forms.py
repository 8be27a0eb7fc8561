"""What the facility page sends of registration marks, read; a refusal names the work centre."""

import re
from types import MappingProxyType

from configurator.blanks.marks import (
    FURTHEST_APART_MM,
    FURTHEST_IN_MM,
    FURTHEST_SECOND_MM,
    KINDS,
    LARGEST_MM,
    LEAST_MM,
    Marks,
)
from configurator.blanks.shop import Facility
from configurator.errors import Invalid
from configurator.web.forms import Form

LIMITS = MappingProxyType(
    {
        "size": (LEAST_MM, LARGEST_MM),
        "in": (LEAST_MM, FURTHEST_IN_MM),
        "apart": (0, FURTHEST_APART_MM),
        "second": (0, FURTHEST_SECOND_MM),
    }
)
"""Field -> the least and the most of it, mm."""


class NoSuchMark(Invalid):
    """A field holds something else than it should."""

    def __init__(self, label: str, what: str, value: str, example: str) -> None:
        super().__init__(f"The {what} of the marks of “{label}” is “{value}”. Write {example}.")


def marks_of(form: Form, facility: Facility) -> dict[str, Marks | None]:
    """Work centre -> its marks as they were sent, None where there are to be none."""
    return {
        key: _marks(form, key, facility) if form.text(f"mark-kind-{key}") else None
        for key in facility.centres
        if f"mark-kind-{key}" in {name for name, _ in form.pairs}
    }


def _marks(form: Form, key: str, facility: Facility) -> Marks:
    centre = facility.centres[key]
    word = form.text(f"mark-kind-{key}")
    kind = next((kind for kind in KINDS if kind == word), None)
    if kind is None:
        raise NoSuchMark(centre.label, "kind", word, "dot, square or cross")
    layer = form.text(f"mark-layer-{key}")
    if layer and not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", layer):
        raise NoSuchMark(centre.label, "layer", layer, "a name like marks, of letters and digits")
    return Marks(
        kind=kind,
        size_mm=_millimetres(form, key, "size", centre.label),
        in_mm=_millimetres(form, key, "in", centre.label),
        apart_mm=_millimetres(form, key, "apart", centre.label),
        second_mm=_millimetres(form, key, "second", centre.label),
        layer=layer or "marks",
    )


WORDS = {"size": "size", "in": "distance from the edge", "apart": "distance apart", "second": "second mark’s distance"}


def _millimetres(form: Form, key: str, field: str, label: str) -> float:
    """A length in mm; empty: 0, where that may be."""
    least, most = LIMITS[field]
    text = form.text(f"mark-{field}-{key}").replace(",", ".") or ("0" if not least else "")
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text) or not least <= float(text) <= most:
        raise NoSuchMark(label, WORDS[field], form.text(f"mark-{field}-{key}"), f"millimetres from {least} to {most}")
    return float(text)
