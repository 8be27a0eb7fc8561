"""A start sews what ready designs have embroidered, so that their first page does not wait for it."""

from configurator.artwork import stitches as planning
from configurator.artwork.stitches import stitches
from configurator.artwork.stitches_files import pes
from configurator.designs.rehearsing import rehearse_embroidery
from tests.artwork.golden import scenes_of, shop

EMBROIDERED = (("template", "embroidered-on-the-chest"),)


def test_what_was_rehearsed_is_sewn_as_if_it_was_not() -> None:
    chest = next(scene for scene in scenes_of("tee", EMBROIDERED) if scene.stitching)
    planning.forget(letters=True)
    unrehearsed = pes(chest)
    planning.forget(letters=True)
    assert rehearse_embroidery(*shop()) == 1
    assert stitches(chest).stitches > 1000
    assert pes(chest) == unrehearsed
