"""The design of an address as a proof and as a picture: before it is ordered, and for cards on other sites."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from litestar import Response, get

from configurator.artwork.pictured import webp
from configurator.errors import Conflict
from configurator.export.customer_proof import customer_proof
from configurator.options.recent import Recent
from configurator.staff.throttle import Limit, spend
from configurator.web.customising import fresh
from configurator.web.forms import query_pairs
from configurator.web.long_addresses import short, unfolded
from configurator.web.picture_answers import WIDE
from configurator.web.proof_views import proof_of
from configurator.web.rendering import AnyRequest
from configurator.web.studio import Step, Studio
from configurator.web.wiring import Wiring

KEPT = 200
PROOFS, PICTURES, WINDOW = 30, 120, timedelta(minutes=10)
"""How many are made for one network address in a window; what was made lately costs nothing."""
LATELY = "public, max-age=3600"
"""An address stands for another design once the blank is changed, so nothing is kept for ever; ETag is the design."""
INERT = "default-src 'none'; sandbox; img-src data:"
CODE_SIGNS = 250
"""A longer query makes a QR code that phones read badly from paper; it is kept under its hash instead."""


class NotAsItIs(Conflict):
    """Preflight has found what cannot be made."""

    def __init__(self) -> None:
        super().__init__("This design cannot be made as it is, so there is no proof of it. Mend what is marked first.")


class Shown:
    """Proofs and pictures made lately, by the design's hash. One for all requests."""

    def __init__(self) -> None:
        self._files: Recent[bytes] = Recent(KEPT)

    def file(self, design_hash: str, kind: str, make: Callable[[], bytes]) -> bytes:
        """The file of that kind, made when nobody asked for it lately."""
        return self._files.get((design_hash, kind), make)


@get("/blanks/{key:str}/proof.pdf", sync_to_thread=True)
def design_proof(key: str, request: AnyRequest, wiring: Wiring, studio: Studio, shown: Shown) -> Response[Any]:
    """The proof of the design on the screen; its code leads back to it."""
    step = _step(key, request, wiring, studio)
    if any(finding.level == "error" for finding in step.findings):
        raise NotAsItIs

    def made() -> bytes:
        spend(wiring.database, [_limit(request, "proof", PROOFS)], wiring.clock.now())
        proof = proof_of(studio.proofed(step), wiring.catalogue.shop, _back(step, wiring))
        return customer_proof(proof, wiring.shelf)

    name = f"proof-{step.design.hash[:8]}.pdf"
    return _answer(request, step, "application/pdf", name, lambda: shown.file(step.design.hash, "pdf", made))


@get("/blanks/{key:str}/picture.webp", sync_to_thread=True)
def design_picture(key: str, request: AnyRequest, wiring: Wiring, studio: Studio, shown: Shown) -> Response[Any]:
    """The design of an address on its product, as other sites show it beside a link."""
    step = _step(key, request, wiring, studio)

    def made() -> bytes:
        spend(wiring.database, [_limit(request, "picture", PICTURES)], wiring.clock.now())
        return webp(studio.proofed(step).picture, WIDE)

    name = f"{key}-{step.design.hash[:8]}.webp"
    return _answer(request, step, "image/webp", name, lambda: shown.file(step.design.hash, "webp", made))


@get("/blanks/{key:str}/picture.svg", sync_to_thread=True)
def design_drawing(key: str, request: AnyRequest, wiring: Wiring, studio: Studio) -> Response[Any]:
    """The same as a page of ours shows it, small and as many as there are names: it is drawn, but not painted."""
    step = _step(key, request, wiring, studio)
    name = f"{key}-{step.design.hash[:8]}.svg"

    def drawn() -> bytes:
        return studio.proofed(step).picture.encode()

    return _answer(request, step, "image/svg+xml", name, drawn)


def _step(key: str, request: AnyRequest, wiring: Wiring, studio: Studio) -> Step:
    blank = wiring.catalogue.blank(key)
    return studio.step(blank, unfolded(query_pairs(request.url.query), wiring.storage) or fresh(blank))


def _answer(request: AnyRequest, step: Step, media: str, name: str, content: Callable[[], bytes]) -> Response[Any]:
    headers = {"Cache-Control": LATELY, "ETag": f'"{step.design.hash}"', "Content-Security-Policy": INERT}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return Response(content(), media_type=media, headers=headers)


def _back(step: Step, wiring: Wiring) -> str:
    """The customiser's address of the design, short enough for a code on paper; of the blank, while nothing is kept."""
    home = f"{wiring.settings.base_url}/blanks/{step.blank.key}"
    query = short(step.address, wiring.storage, most=CODE_SIGNS)
    return f"{home}?{query}" if len(query) <= CODE_SIGNS else home


def _limit(request: AnyRequest, what: str, most: int) -> Limit:
    address = request.client.host if request.client else "unknown"
    return Limit(f"{what} for {address}", most, WINDOW)


ROUTES = [design_proof, design_picture, design_drawing]
