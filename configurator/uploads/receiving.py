"""Taking an upload in: read in its own process, stored once, noted as its visitor's."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from sqlmodel import Session

from configurator.artwork.fonts import FontBook
from configurator.database import Database, insert_into
from configurator.storage import Storage
from configurator.uploads.decoding import decoded
from configurator.uploads.made import Made
from configurator.uploads.rows import Picture, Upload

LONGEST_NAME = 60


@dataclass(frozen=True)
class Sent:
    """A file as it came. owner: hash of the visitor's token."""

    file: IO[bytes]
    name: str
    owner: str


def receive(sent: Sent, database: Database, storage: Storage, book: FontBook, *, now: datetime) -> Picture:
    """The picture made of a file, kept. The same picture again is the same row. Raises CannotBeUsed.

    book: sets the letters of drawings. The bytes are stored before the rows that name them, and looked for once more
    behind them: between the two, whoever clears out unused pictures may have taken them for unused.
    """
    made = decoded(sent.file, book)
    kept = _stored(made, storage, now)
    with database.write() as session:
        _keep(session, kept)
        _note(session, sent, kept.asset, now)
    _stored(made, storage, now)
    return kept


def _stored(made: Made, storage: Storage, now: datetime) -> Picture:
    return Picture(
        asset=storage.put(made.asset),
        kind=made.kind,
        media=made.media,
        width=made.width,
        height=made.height,
        bytes=len(made.asset),
        preview=storage.put(made.preview) if made.preview else "",
        small=storage.put(made.small) if made.small else "",
        note=made.note,
        doubt=made.doubt,
        touched_at=now,
    )


def _keep(session: Session, picture: Picture) -> None:
    statement = insert_into(session, Picture).values(**picture.model_dump())
    changed = {name: getattr(picture, name) for name in ("touched_at", "preview", "small", "doubt")}
    session.execute(statement.on_conflict_do_update(index_elements=["asset"], set_=changed))


def _note(session: Session, sent: Sent, asset: str, now: datetime) -> None:
    name = called(sent.name)
    statement = insert_into(session, Upload).values(owner=sent.owner, asset=asset, name=name, at=now)
    session.execute(statement.on_conflict_do_update(index_elements=["owner", "asset"], set_={"name": name, "at": now}))


def called(name: str) -> str:
    """A file's name as people call the picture: no folders, no ending, no control signs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable())
    return (plain.rpartition(".")[0] or plain).strip()[:LONGEST_NAME] or "Picture"
