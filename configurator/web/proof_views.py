"""What the proof of a design says, in a cart, in an order or on the screen."""

from configurator.blanks.shop import Shop
from configurator.designs.describing import configuration_lines
from configurator.export.customer_proof import Proof
from configurator.orders.design_store import Proofed


def proof_of(proofed: Proofed, shop: Shop, address: str) -> Proof:
    """What the proof of a design says. address: where its code leads."""
    design, blank = proofed.design, proofed.blank
    areas = {area.key: area for area in blank.areas}
    return Proof(
        design_hash=design.hash,
        blank=blank.key,
        title=blank.name,
        shop=f"{shop.legal_name}, {shop.address}",
        address=address,
        picture=proofed.picture,
        lines=configuration_lines(design, blank),
        areas=tuple(
            (scene, area.label, shop.methods[area.method].label if area.method in shop.methods else area.method)
            for scene in proofed.scenes
            if scene.nodes and (area := areas[scene.area])
        ),
    )
