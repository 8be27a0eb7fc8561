"""The proof of a design as PDF: public under its hash like its picture, the same as long as the design is kept."""

from litestar import Response, get
from litestar.exceptions import NotFoundException

from configurator.export.customer_proof import Proof, customer_proof
from configurator.orders.design_store import NoSuchDesign, Proofed, picture_of, scenes_of
from configurator.production.design_reading import Ordered, designs_ordered
from configurator.web.picture_answers import FOR_EVER
from configurator.web.proof_views import proof_of
from configurator.web.wiring import Wiring


@get("/proofs/{name:str}", sync_to_thread=True)
def proof(name: str, wiring: Wiring) -> Response[bytes]:
    """A design that is in a cart or an order, on one page."""
    design_hash, _, kind = name.partition(".")
    if kind != "pdf":
        raise NotFoundException
    content = customer_proof(_proof(design_hash, wiring), wiring.shelf)
    headers = {"Cache-Control": FOR_EVER, "Content-Disposition": f'inline; filename="proof-{design_hash[:8]}.pdf"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _proof(design_hash: str, wiring: Wiring) -> Proof:
    shop = wiring.catalogue.shop
    with wiring.database.read() as session:
        ordered = designs_ordered(session, [design_hash], wiring.catalogue).get(design_hash)
        if ordered is None:
            raise NoSuchDesign
        if not isinstance(ordered, Ordered):
            raise ordered
        picture, scenes = picture_of(session, design_hash), scenes_of(session, design_hash)
    address = f"{wiring.settings.base_url}/proofs/{design_hash}.pdf"
    return proof_of(Proofed(ordered.design, ordered.blank, scenes, picture), shop, address)
