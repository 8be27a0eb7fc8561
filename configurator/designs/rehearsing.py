"""What takes long the first time, done before anybody waits: what ready designs have embroidered is sewn once."""

from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.stitches import stitches
from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import Asked, read


def rehearse_embroidery(catalogue: Catalogue, fonts: FontBook) -> int:
    """Their drawings and letters are known from then on. Gives back how many were sewn."""
    asked = [
        (blank, read([("template", template.key)], blank, catalogue.shop))
        for blank in catalogue.blanks.values()
        for template in blank.templates
        if any(catalogue.shop.methods[blank.area(spec.area).method].sewing for spec in template.elements)
    ]
    return sum(_sewn(blank, wanted, catalogue, fonts) for blank, wanted in asked)


def _sewn(blank: Blank, asked: Asked, catalogue: Catalogue, fonts: FontBook) -> bool:
    engine = catalogue.engine(blank.key)
    design = design_for(asked, blank, catalogue.shop, engine, fonts=fonts.fingerprint).design
    scenes = lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts)
    return sum(stitches(scene).stitches for scene in scenes) > 0
