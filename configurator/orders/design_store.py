"""Designs, their scenes and pictures, kept under the design's hash: written once, never changed."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from configurator.artwork.freezing import freeze, thaw
from configurator.artwork.scene import Scene
from configurator.blanks.blank import Blank
from configurator.blanks.storing import blank_files
from configurator.database import insert_into
from configurator.designs.cutting import cut_areas
from configurator.designs.describing import pictures_on
from configurator.designs.design import Design, read_design
from configurator.designs.pricing import summary, title
from configurator.designs.sewing import SewnAreas, read_sewn, sewn_areas
from configurator.errors import Invalid, NotFound
from configurator.orders.rows import DesignPicture, StoredBlank, StoredDesign
from configurator.uploads.picture_store import lock_pictures


class NoSuchDesign(NotFound):
    """No design is kept under this hash."""

    def __init__(self) -> None:
        super().__init__("This design is not kept here. Open the blank again and design it anew.")


class PictureGone(Invalid):
    """A picture of the design is not kept any more."""

    def __init__(self) -> None:
        super().__init__("A picture of this design is not kept here any more. Send it again, then put it in the cart.")


@dataclass(frozen=True)
class Proofed:
    """A design as its customer saw it: laid out and pictured. `picture`: the mock-up's SVG."""

    design: Design
    blank: Blank
    scenes: tuple[Scene, ...]
    picture: str


def keep_design(session: Session, proofed: Proofed, *, now: datetime) -> str:
    """Keep a design with its scenes, picture and blank version, once; returns its hash."""
    design = proofed.design
    known = session.execute(sa.select(col(StoredDesign.hash)).where(col(StoredDesign.hash) == design.hash))
    if known.first() is None:
        keep_blank(session, proofed.blank, now=now)
        _insert_once(session, StoredDesign, _columns(proofed, now))
    _keep_pictures(session, design)
    return design.hash


def stored_design(session: Session, design_hash: str) -> Design:
    """The design of that hash; raises NoSuchDesign."""
    return read_design(_kept(session, col(StoredDesign.canonical), design_hash))


def scenes_of(session: Session, design_hash: str) -> tuple[Scene, ...]:
    """Its scenes, one a print area, as laid out when it was kept; raises NoSuchDesign."""
    return thaw(_kept(session, col(StoredDesign.scenes), design_hash))


def sewn_of(session: Session, design_hash: str) -> SewnAreas:
    """What is embroidered on it, as counted when it was kept; raises NoSuchDesign."""
    return read_sewn(_kept(session, col(StoredDesign.sewn), design_hash))


def picture_of(session: Session, design_hash: str) -> str:
    """Its picture as inline SVG; raises NoSuchDesign."""
    return zlib.decompress(_kept(session, col(StoredDesign.picture), design_hash)).decode()


def _columns(proofed: Proofed, now: datetime) -> dict[str, Any]:
    design = proofed.design
    return {
        "hash": design.hash,
        "blank": design.blank,
        "blank_version": design.blank_version,
        "canonical": design.canonical,
        "scenes": freeze(proofed.scenes),
        "picture": zlib.compress(proofed.picture.encode(), 6),
        "sewn": {area: list(work) for area, work in sewn_areas(proofed.scenes).items()},
        "cut": {area: list(cut) for area, cut in cut_areas(proofed.scenes).items()},
        "title": title(design, proofed.blank),
        "summary": summary(design, proofed.blank),
        "warnings": _warnings(proofed.scenes),
        "stored_at": now,
    }


def _warnings(scenes: tuple[Scene, ...]) -> list[str]:
    """What preflight says may not come out well, each sentence once."""
    said = (finding.sentence for scene in scenes for finding in scene.findings if finding.level == "warning")
    return list(dict.fromkeys(said))


def _keep_pictures(session: Session, design: Design) -> None:
    """Raises PictureGone, so that nothing is ordered whose picture was cleared away meanwhile."""
    assets = pictures_on(design)
    if len(lock_pictures(session, assets)) < len(assets):
        raise PictureGone
    for asset in assets:
        _insert_once(session, DesignPicture, {"design_hash": design.hash, "asset": asset})


def keep_blank(session: Session, blank: Blank, *, now: datetime) -> None:
    """Keep a blank version's files, once."""
    known = session.execute(sa.select(col(StoredBlank.key)).where(col(StoredBlank.version) == blank.version))
    if known.first() is None:
        row = {"version": blank.version, "key": blank.key, "files": blank_files(blank), "stored_at": now}
        _insert_once(session, StoredBlank, row)


def _insert_once(session: Session, table: type[SQLModel], row: dict[str, Any]) -> None:
    """Two visitors may keep the same thing at once on PostgreSQL: the second finds it there."""
    session.execute(insert_into(session, table).values(**row).on_conflict_do_nothing())


def _kept(session: Session, column: Any, design_hash: str) -> Any:
    row = session.execute(sa.select(column).where(col(StoredDesign.hash) == design_hash)).first()
    if row is None:
        raise NoSuchDesign
    return row[0]
