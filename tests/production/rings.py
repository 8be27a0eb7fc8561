"""Key rings of the real catalogue, ordered with different names: pieces that are cut out round their artwork."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import mockup
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked
from configurator.orders.cart import Wanted, add_to_cart
from configurator.orders.design_store import Proofed
from configurator.orders.rows import Order
from tests.builders import Counter, a_checkout, seeded
from tests.production.workshop import Workshop

NAMES = ("MILO", "NOOR", "Wen", "Ida", "LEONARD", "Zoë", "Jo", "Marit", "OLE", "Thea")


@lru_cache
def ring_catalogue() -> Catalogue:
    """The shop as it is."""
    return read_catalogue(Path(__file__).parents[2] / "blanks")


@lru_cache(maxsize=64)
def ring(name: str, template: int, acrylic: str = "clear") -> Proofed:
    """A key ring with a name, in one of the blank's templates."""
    catalogue, fonts = ring_catalogue(), _fonts()
    blank = catalogue.blank("keyring")
    own = blank.templates[template % len(blank.templates)]
    asked = Asked(choices={"acrylic": acrylic}, template=own.key, fields={own.fields[0].key: name})
    design = design_for(asked, blank, catalogue.shop, catalogue.engine("keyring"), fonts=fonts.fingerprint).design
    scenes = lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts)
    return Proofed(design, blank, scenes, mockup(blank, design.configuration, scenes, id_prefix="p-"))


@lru_cache
def _fonts() -> FontBook:
    return FontBook(ring_catalogue().shop.fonts)


def some_rings(pieces: int) -> Sequence[Proofed]:
    """So many, no two alike until names and templates run out."""
    return [ring(name, n) for n, name in enumerate(islice(cycle(NAMES), pieces))]


def stars(pieces: int) -> Sequence[Proofed]:
    """So many with a star: the rectangles around 29 of them take two sheets, they themselves one."""
    return [ring(name, 1) for name in islice(cycle(NAMES), pieces)]


def order_rings(
    workshop: Workshop, pieces: int | Sequence[Proofed], visitor: str = "rings", facility: str = "plant-bremen"
) -> Order:
    """Somebody orders them all at once, or some of any kind, to be made in Bremen."""
    counter = Counter(workshop.catalogue, workshop.jobs, seeded(visitor))
    with workshop.write() as session:
        for proofed in some_rings(pieces) if isinstance(pieces, int) else pieces:
            add_to_cart(session, visitor, Wanted(proofed, 1, "?keyring"), now=workshop.clock.now())
        checkout = a_checkout(session, visitor, workshop.catalogue, facility=facility)
        return counter.place(session, checkout, now=workshop.clock.now())
