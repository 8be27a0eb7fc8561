"""Clearing away customers' pictures that nobody uses: on no design in a cart or order, and not sent for a set time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from configurator.clock import Clock
from configurator.database import Database
from configurator.jobs.contract import Finish, Handler
from configurator.orders.rows import CartLine, DesignPicture, OrderLine
from configurator.storage import Storage
from configurator.uploads.rows import Picture, Upload

CLEARING = {"clear-pictures": timedelta(hours=1)}
"""Kind of job -> how often it is to run."""


def clearing_handler(database: Database, storage: Storage, clock: Clock, keep: timedelta) -> Handler:
    """The job "clear-pictures": forgets what was last sent longer ago than `keep` and is used nowhere.

    Each picture is a transaction of its own, its files are deleted inside it: who sends or orders the picture at the
    same moment waits for its row, and then either finds it or stores it anew.
    """

    def clear(_: Mapping[str, Any]) -> Finish | None:
        before = clock.now() - keep
        with database.read() as session:
            unused = list(session.execute(_unused(before)).scalars())
        for asset in unused:
            with database.write() as session:
                for digest in forget(session, asset, before=before):
                    storage.delete(digest)
        return None

    return clear


def forget(session: Session, asset: str, *, before: datetime) -> tuple[str, ...]:
    """Forget a picture if it is still unused; the hashes of the files that only it had."""
    locked = sa.select(Picture).where(col(Picture.asset) == asset).with_for_update()
    picture = session.execute(locked).scalar_one_or_none()
    if picture is None or session.execute(_unused(before).where(col(Picture.asset) == asset)).first() is None:
        return ()
    digests = {picture.asset, picture.preview, picture.small} - {""}
    session.execute(sa.delete(DesignPicture).where(col(DesignPicture.asset) == asset))
    session.execute(sa.delete(Upload).where(col(Upload.asset) == asset))
    session.execute(sa.delete(Picture).where(col(Picture.asset) == asset))
    return tuple(sorted(digest for digest in digests if not _shared(session, digest)))


def _unused(before: datetime) -> Any:
    designs = sa.select(col(DesignPicture.design_hash)).where(col(DesignPicture.asset) == col(Picture.asset))
    in_cart = sa.exists().where(col(CartLine.design_hash).in_(designs))
    ordered = sa.exists().where(col(OrderLine.design_hash).in_(designs))
    return sa.select(col(Picture.asset)).where(col(Picture.touched_at) < before, ~in_cart, ~ordered)


def _shared(session: Session, digest: str) -> bool:
    """Two pictures may look the same when they are small."""
    same = (col(each) == digest for each in (Picture.asset, Picture.preview, Picture.small))
    return session.execute(sa.select(col(Picture.asset)).where(sa.or_(*same))).first() is not None
