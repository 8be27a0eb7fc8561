"""Queries about pictures."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.errors import NotFound
from configurator.uploads.rows import Picture, Upload

MOST_LISTED = 12


class NoSuchPicture(NotFound):
    """No picture of that name is kept (any more)."""

    def __init__(self) -> None:
        super().__init__("This picture is not kept here any more. Send it again.")


def pictures_called(session: Session, assets: Iterable[str]) -> Mapping[str, Picture]:
    """Those of these pictures that are kept, by their names."""
    wanted = sorted(set(assets))
    if not wanted:
        return {}
    rows = session.execute(sa.select(Picture).where(col(Picture.asset).in_(wanted))).scalars()
    return {picture.asset: picture for picture in rows}


def lock_pictures(session: Session, assets: Iterable[str]) -> frozenset[str]:
    """Those of these pictures that are kept; nobody clears them away until the transaction ends."""
    wanted = sorted(set(assets))
    if not wanted:
        return frozenset()
    statement = sa.select(col(Picture.asset)).where(col(Picture.asset).in_(wanted)).order_by(col(Picture.asset))
    return frozenset(session.execute(statement.with_for_update(read=True)).scalars())


def picture(session: Session, asset: str) -> Picture:
    """One picture; raises NoSuchPicture."""
    found = session.get(Picture, asset)
    if found is None:
        raise NoSuchPicture
    return found


def pictures_of(session: Session, owner: str) -> list[tuple[Picture, str]]:
    """A visitor's latest pictures with the names of their files, the newest first."""
    statement = sa.select(Picture, col(Upload.name)).join(Upload, col(Upload.asset) == col(Picture.asset))
    statement = statement.where(col(Upload.owner) == owner).order_by(col(Upload.at).desc(), col(Upload.id).desc())
    return [(found, name) for found, name in session.execute(statement.limit(MOST_LISTED)).all()]
