"""Kept pictures as artwork asks for them: sizes for layout, bytes for writers."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from configurator.artwork.picture_proofing import picture_proofed
from configurator.artwork.pictures import Picture, Pictures, coarse_colours
from configurator.artwork.proofing import PressColours
from configurator.artwork.silhouettes import silhouette
from configurator.database import Database
from configurator.geometry import PathData
from configurator.storage import Storage
from configurator.uploads.picture_store import picture, pictures_called

DRAWINGS = 64
"""Drawings whose text stays in memory."""
SILHOUETTES = 512
COLOURS = 128
"""Pictures whose coarse colours stay in memory, at most 37 KB each."""
PROOFS = 48
"""Pictures in the press's colours that stay in memory, about 100 KB each."""


class Shelf:
    """One for all requests and jobs."""

    def __init__(self, database: Database, storage: Storage, colours: PressColours) -> None:
        self._database, self._storage = database, storage
        self._colours = colours
        self._proof = lru_cache(maxsize=PROOFS)(self._proof_of)
        self._drawing = lru_cache(maxsize=DRAWINGS)(self._read_drawing)
        self._colours_of = lru_cache(maxsize=COLOURS)(self._read_colours)
        self._silhouette = lru_cache(maxsize=SILHOUETTES)(self._read_silhouette)

    def pictures(self, assets: Iterable[str]) -> Pictures:
        """Those of these pictures that are kept. Asks the database each time: one may have been cleared away."""
        wanted = frozenset(assets)
        if not wanted:
            return {}
        with self._database.read() as session:
            known = pictures_called(session, wanted)
            kept = [(each.asset, each.kind, each.width, each.height, each.small, each.doubt) for each in known.values()]
        return {
            asset: Picture(
                *(asset, width, height),
                doubt=doubt,
                drawing=self._drawing(asset) if kind == "drawing" else "",
                silhouette=self._silhouette(small) if small else (),
                colours=self._colours_of(small) if small else None,
            )
            for asset, kind, width, height, small, doubt in kept
        }

    def whole(self, asset: str) -> bytes:
        """At full resolution. Raises NoSuchBlob."""
        return self._storage.get(asset)

    def small(self, asset: str) -> bytes:
        """The copy for lists. Raises NoSuchPicture, NoSuchBlob."""
        with self._database.read() as session:
            digest = picture(session, asset).small
        return self._storage.get(digest)

    def proofed(self, asset: str) -> bytes:
        """The small copy in the colours that the press prints. Raises NoSuchPicture, NoSuchBlob."""
        with self._database.read() as session:
            digest = picture(session, asset).small
        return self._proof(digest)

    def shown(self, preview: str) -> bytes:
        """The copy for pages, by its file's digest, in the colours that the press prints. Raises NoSuchBlob."""
        return self._proof(preview)

    def _proof_of(self, digest: str) -> bytes:
        return picture_proofed(self._storage.get(digest), self._colours.condition)

    def _read_silhouette(self, small: str) -> PathData:
        return silhouette(self._storage.get(small))

    def _read_colours(self, small: str) -> NDArray[np.uint8]:
        return coarse_colours(self._storage.get(small))

    def _read_drawing(self, asset: str) -> str:
        return self._storage.get(asset).decode()
