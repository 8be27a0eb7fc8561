"""Designs as ordered, many at once, each with the blank version it was ordered in; and how each is made."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue, NoSuchBlank
from configurator.blanks.rerouting import StepPlan, rerouted
from configurator.blanks.storing import blank_from_files
from configurator.designs.cutting import CutAreas, read_cut
from configurator.designs.design import Design, read_design
from configurator.designs.sewing import read_sewn, sewing_minutes
from configurator.errors import Invalid, Refusal
from configurator.orders.rows import StoredBlank, StoredDesign
from configurator.production.routing import Route, route

CHUNK = 500
"""Keys asked for in one query: well below what SQLite binds."""

KEPT = 20_000
"""Routes remembered: a few hundred bytes each."""


Changed = Mapping[str, tuple[StepPlan, ...]]
"""Blank key -> its steps as the workshop has changed them."""


class UnreadableDesign(Invalid):
    """An ordered design, or the blank version it was ordered in, cannot be read any more."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Its design cannot be read as ordered: {why} Restore the database from a backup.")


@dataclass(frozen=True, slots=True)
class Ordered:
    """A design and the blank version it was ordered in.

    minutes: area -> how long its stitches take; cut: what is cut out of a sheet for it.
    """

    design: Design
    blank: Blank
    minutes: Mapping[str, float]
    cut: CutAreas = field(default_factory=dict)


def designs_ordered(
    session: Session, hashes: Iterable[str], catalogue: Catalogue, changed: Changed | None = None
) -> Mapping[str, Ordered | UnreadableDesign]:
    """Design hash -> the design with its blank, or why it cannot be read.

    changed: the steps of blanks as the workshop has them now; None: as the catalogue's shop says.
    """
    making = catalogue.shop.routes if changed is None else changed
    blanks: dict[str, Blank | Refusal] = {}
    found: dict[str, Ordered | UnreadableDesign] = {}
    for chunk in chunks(sorted(set(hashes))):
        columns = (col(StoredDesign.hash), col(StoredDesign.canonical), col(StoredDesign.sewn), col(StoredDesign.cut))
        statement = sa.select(*columns).where(col(StoredDesign.hash).in_(chunk))
        for design_hash, canonical, sewn, cut in session.execute(statement):
            ordered = _ordered(session, read_design(canonical), catalogue, blanks)
            if isinstance(ordered, Ordered) and sewn:
                minutes = sewing_minutes(ordered.blank, catalogue.shop, read_sewn(sewn))
                ordered = replace(ordered, minutes=minutes)
            if isinstance(ordered, Ordered) and cut:
                ordered = replace(ordered, cut=read_cut(cut))
            found[design_hash] = _made_now(ordered, making)
    return found


def _made_now(ordered: Ordered | UnreadableDesign, making: Changed) -> Ordered | UnreadableDesign:
    """An old version of a blank is made by the steps of today."""
    if isinstance(ordered, UnreadableDesign) or ordered.blank.key not in making:
        return ordered
    return replace(ordered, blank=rerouted(ordered.blank, making[ordered.blank.key]))


def chunks(keys: list[str]) -> Iterator[list[str]]:
    """The keys in pieces that one query may ask for."""
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _ordered(
    session: Session, design: Design, catalogue: Catalogue, known: dict[str, Blank | Refusal]
) -> Ordered | UnreadableDesign:
    if design.blank_version not in known:
        known[design.blank_version] = _blank(session, design, catalogue)
    blank = known[design.blank_version]
    return UnreadableDesign(blank.sentence) if isinstance(blank, Refusal) else Ordered(design, blank, {})


def _blank(session: Session, design: Design, catalogue: Catalogue) -> Blank | Refusal:
    """The blank version of a design: today's if that is the one, else the one kept with the order."""
    try:
        blank = catalogue.blank(design.blank)
        if blank.version == design.blank_version:
            return blank
    except NoSuchBlank:
        pass
    statement = sa.select(col(StoredBlank.files)).where(col(StoredBlank.version) == design.blank_version)
    files = session.execute(statement).scalar_one_or_none()
    if files is None:
        return Invalid("its blank version is not kept here.")
    try:
        return blank_from_files(files, catalogue.shop)
    except Refusal as refusal:
        return refusal


class _Memory:
    """The routes worked out last, of the catalogue and the steps used last: a server has but one of each.

    A hash names a design and a blank version, so that its route changes with the steps alone.
    """

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._changed: Changed = {}
        self._routes: OrderedDict[str, Route] = OrderedDict()
        self._guard = Lock()

    def among(self, catalogue: Catalogue, changed: Changed, hashes: set[str]) -> dict[str, Route]:
        with self._guard:
            if self._catalogue is not catalogue or self._changed != changed:
                self._catalogue, self._changed = catalogue, changed
                self._routes.clear()
            return {key: self._routes[key] for key in hashes if key in self._routes}

    def keep(self, catalogue: Catalogue, changed: Changed, routes: Mapping[str, Route]) -> None:
        with self._guard:
            if self._catalogue is catalogue and self._changed == changed:
                self._routes.update(routes)
            while len(self._routes) > KEPT:
                self._routes.popitem(last=False)


_MEMORY = _Memory()


def routes(
    session: Session, hashes: Iterable[str], catalogue: Catalogue, changed: Changed | None = None
) -> Mapping[str, Route | Refusal]:
    """Design hash -> how its pieces are made, or why that is not known; changed: as designs_ordered has it."""
    asked, making = set(hashes), catalogue.shop.routes if changed is None else changed
    known: dict[str, Route] = _MEMORY.among(catalogue, making, asked)
    read = designs_ordered(session, asked - set(known), catalogue, making)
    answers = {key: ordered if isinstance(ordered, Refusal) else _route(ordered) for key, ordered in read.items()}
    _MEMORY.keep(catalogue, making, {key: answer for key, answer in answers.items() if isinstance(answer, Route)})
    lost = asked - set(known) - set(read)
    return {**answers, **known, **{key: UnreadableDesign("it is not kept here.") for key in lost}}


def _route(ordered: Ordered) -> Route | Refusal:
    try:
        return route(ordered.design, ordered.blank, ordered.minutes, ordered.cut)
    except Refusal as refusal:
        return refusal
