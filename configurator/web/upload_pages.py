"""Pictures that customers bring: sent from the customiser, and served so that nothing in them can do anything."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from configurator.errors import Invalid
from configurator.staff.throttle import Limit, spend
from configurator.uploads.limits import MEGABYTE, MOST_BYTES
from configurator.uploads.picture_store import picture
from configurator.uploads.receiving import Sent, receive
from configurator.uploads.rows import Picture
from configurator.web.rendering import AnyRequest
from configurator.web.visitors import cart_token, hashed, new_token, remember
from configurator.web.wiring import HandedIn, Wiring

PER_VISITOR, PER_ADDRESS, WINDOW = 40, 120, timedelta(minutes=10)
KEPT = "private, max-age=31536000, immutable"
FOR_A_DAY = "private, max-age=86400"
"""The press's profile may be another one tomorrow."""
PROOF = "proof"
PNG = b"\x89PNG"
INERT = "default-src 'none'; sandbox"
_HERE = re.compile(r"/(?![/\\])[!-\[\]-~]{0,8000}")
"""An address of this shop: no other host, no spaces and signs that browsers read in their own ways."""


class NoFile(Invalid):
    """The form came without a file."""

    def __init__(self) -> None:
        super().__init__("No file was chosen. Choose a picture first, then press the button.")


class SentFile(HandedIn):
    """What the form sent. back: the customiser's address, which the picture's name completes."""

    file: IO[bytes]
    name: str
    back: str


async def read_file(request: AnyRequest) -> SentFile:
    """The body of an upload, as the dependency `sent`. Raises NoFile."""
    form = await request.form()
    files = [sent for sent in form.getall("file", []) if isinstance(sent, UploadFile)]
    file, back = next((sent for sent in files if sent.filename), next(iter(files), None)), form.get("back")
    if file is None:
        raise NoFile
    return SentFile(file=file.file, name=file.filename, back=back if isinstance(back, str) else "")


@post(
    "/uploads",
    sync_to_thread=True,
    dependencies={"sent": Provide(read_file)},
    request_max_body_size=MOST_BYTES + MEGABYTE,
)
def upload(request: AnyRequest, wiring: Wiring, sent: SentFile) -> Response[Any]:
    """Keep a picture, then on to where it is put: 303, or for a script 201 with the address to fetch."""
    token, now = cart_token(request) or new_token(), wiring.clock.now()
    owner = hashed(token)
    spend(wiring.database, _limits(request, owner), now)
    kept = receive(Sent(sent.file, sent.name, owner), wiring.database, wiring.storage, wiring.fonts, now=now)
    address = sent.back + kept.asset if _HERE.fullmatch(sent.back) else "/"
    response: Response[Any] = Redirect(address, status_code=303)
    if request.headers.get("HX-Request") == "true":
        response = Response(kept.note, status_code=201, headers={"Location": address})
    remember(response, token, wiring)
    return response


@dataclass(frozen=True, slots=True)
class _File:
    digest: str
    media: str
    ending: str


@get("/uploads/{name:str}", sync_to_thread=True)
def uploaded(name: str, wiring: Wiring) -> Response[bytes]:
    """A picture: `{asset}-proof`, `-preview` and `-small` for pages, `{asset}` itself to be saved."""
    asset, _, which = name.partition("-")
    with wiring.database.read() as session:
        file = _file(picture(session, asset), which)
    if file is None:
        raise NotFoundException
    shown = "inline" if which else "attachment"
    headers = {
        "Cache-Control": FOR_A_DAY if which == PROOF else KEPT,
        "Content-Security-Policy": INERT,
        "Content-Disposition": f'{shown}; filename="{asset[:12]}.{file.ending}"',
    }
    proofed = which == PROOF and file.media == "image/webp"
    content = wiring.shelf.shown(file.digest) if proofed else wiring.storage.get(file.digest)
    media = "image/png" if content.startswith(PNG) else file.media
    return Response(content, media_type=media, headers=headers)


def _file(kept: Picture, which: str) -> _File | None:
    whole = _File(kept.asset, kept.media, {"image/jpeg": "jpg", "image/png": "png"}.get(kept.media, "svg"))
    if which and kept.kind == "drawing":
        return whole
    preview, small = _File(kept.preview, "image/webp", "webp"), _File(kept.small, "image/jpeg", "jpg")
    return {"": whole, "preview": preview, PROOF: preview, "small": small}.get(which)


def _limits(request: AnyRequest, owner: str) -> tuple[Limit, ...]:
    address = request.client.host if request.client else "unknown"
    return Limit(f"upload {owner}", PER_VISITOR, WINDOW), Limit(f"upload from {address}", PER_ADDRESS, WINDOW)
