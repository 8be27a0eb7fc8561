"""Which scene lies where: a piece's print areas by the name of the area."""

from collections.abc import Mapping

from configurator.artwork.scene import Scene
from configurator.errors import Invalid
from configurator.export.frozen import FrozenPiece, FrozenPlace

Scenes = Mapping[str, tuple[Scene, ...]]
"""Design hash -> its scenes, one a print area."""


class NoArtwork(Invalid):
    """A piece is placed with a print area that its design does not have."""


def placed_scene(piece: FrozenPiece, place: FrozenPlace, scenes: Scenes) -> Scene:
    """The scene that a place is for. Raises NoArtwork."""
    for scene in scenes.get(piece.design_hash, ()):
        if scene.area == place.area:
            return scene
    raise NoArtwork(
        f"Piece {piece.code} is to be made with artwork on “{place.area}”, but its design has none there. "
        "Take the piece out of the batch and order it again."
    )
