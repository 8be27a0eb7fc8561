"""Assets and pictures: addresses whose content never changes."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from configurator.orders.design_store import picture_of
from configurator.web.picture_answers import FOR_EVER, KINDS, pictured
from configurator.web.rendering import AnyRequest
from configurator.web.wiring import Wiring


@get("/static/{name:str}", sync_to_thread=False)
def asset(name: str, request: AnyRequest, wiring: Wiring) -> Response[bytes]:
    """One asset, in the smallest encoding the browser takes."""
    found = wiring.assets.file(name)
    if found is None:
        raise NotFoundException
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
    accepted = request.headers.get("accept-encoding", "")
    content = found.plain
    for encoding, packed in (("br", found.br), ("gzip", found.gzip)):
        if encoding in accepted and packed is not found.plain:
            headers["Content-Encoding"], content = encoding, packed
            break
    return Response(content, media_type=found.media_type, headers=headers)


@get("/fonts/{name:str}", sync_to_thread=True)
def name_font(name: str, wiring: Wiring) -> Response[bytes]:
    """Letters of names in other scripts; only who sees such a name asks for them."""
    found = wiring.assets.names.file(name)
    if found is None:
        raise NotFoundException
    return Response(found, media_type="font/woff2", headers={"Cache-Control": FOR_EVER})


@get("/pictures/{name:str}", sync_to_thread=True)
def picture(name: str, wiring: Wiring) -> Response[bytes]:
    """The picture of a design as it was ordered; the design's hash is its name, so it never changes."""
    design_hash, _, kind = name.partition(".")
    if kind not in KINDS:
        raise NotFoundException
    with wiring.database.read() as session:
        svg = picture_of(session, design_hash)
    return pictured(svg, kind)
