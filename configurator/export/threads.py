"""Embroidery in a package: a file for the machine and its threads for every design and area that is sewn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from configurator.artwork.scene import Scene
from configurator.artwork.stitches import Plan, stitches
from configurator.export.frozen import FrozenBatch
from configurator.export.placed import Scenes


class ThreadRow(NamedTuple):
    """A row of the thread list: one thread of one file, in the order of sewing; the machine stops before the next."""

    file: str
    pieces: str
    area: str
    needle: int
    thread: str
    code: str
    colour: str
    stitches: int
    metres: float
    minutes: float


@dataclass(frozen=True, slots=True)
class SewnFile:
    """A design's area that is sewn: the name of its files without ending, the pieces it is for, its stitches."""

    name: str
    pieces: tuple[str, ...]
    scene: Scene
    plan: Plan


def sewn_files(batch: FrozenBatch, scenes: Scenes) -> Iterator[SewnFile]:
    """Every design that is embroidered, named by its first piece, in the order of the batch."""
    for design in dict.fromkeys(piece.design_hash for piece in batch.pieces):
        codes = tuple(piece.code for piece in batch.pieces if piece.design_hash == design)
        for scene in scenes.get(design, ()):
            plan = stitches(scene)
            if plan.blocks:
                yield SewnFile(f"stitches-{codes[0]}-{scene.area}", codes, scene, plan)


def thread_list(batch: FrozenBatch, files: list[SewnFile]) -> tuple[ThreadRow, ...]:
    """The threads of all files; metres of needle thread, minutes that the machine sews with it, cuts included."""
    labels = dict(batch.threads)
    per_min, trim_s, change_s = batch.sewing or (0.0, 0.0, 0.0)
    return tuple(
        ThreadRow(
            file=file.name,
            pieces=" ".join(file.pieces),
            area=file.scene.area,
            needle=number,
            thread=labels.get(block.ink.key, block.ink.key),
            code=block.ink.spot or "",
            colour=block.ink.rgb,
            stitches=block.stitches,
            metres=round(block.thread_mm / 1000, 1),
            minutes=round(
                (block.stitches / per_min if per_min else 0)
                + (len(block.runs) * trim_s + (change_s if number > 1 else 0)) / 60,
                1,
            ),
        )
        for file in files
        for number, block in enumerate(file.plan.blocks, 1)
    )
