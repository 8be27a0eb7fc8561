"""Pictures as they are kept, and who has brought them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from configurator.database import UtcTime


class Picture(SQLModel, table=True):
    """A picture made anew from an upload. asset: its SHA-256, its name everywhere; its bytes lie in the storage.

    width, height: pixels, or a drawing's own units. preview, small: hashes of the copies for the screen, none for
    a drawing. note: what its customer should know. doubt: what has to be looked at before
    it is made. touched_at: when somebody last sent it.
    """

    __tablename__ = "picture"
    __table_args__ = (
        sa.CheckConstraint("kind in ('raster', 'drawing')", name="picture_kind"),
        sa.CheckConstraint("width > 0 and height > 0 and bytes > 0", name="picture_size"),
    )

    asset: str = Field(primary_key=True)
    kind: str
    media: str
    width: int
    height: int
    bytes: int
    preview: str = ""
    small: str = ""
    note: str = ""
    doubt: str = ""
    touched_at: datetime = Field(sa_type=UtcTime, index=True)


class Upload(SQLModel, table=True):
    """A visitor's picture. owner: SHA-256 of the visitor's cookie. name: the file's, to tell them apart."""

    __tablename__ = "upload"
    __table_args__ = (sa.UniqueConstraint("owner", "asset", name="one_upload_a_picture"),)

    id: int | None = Field(default=None, primary_key=True)
    owner: str
    asset: str = Field(foreign_key="picture.asset", ondelete="CASCADE", index=True)
    name: str
    at: datetime = Field(sa_type=UtcTime)
