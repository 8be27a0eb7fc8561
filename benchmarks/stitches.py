"""Embroidery in several scripts: planned anew, from letters known, as files, beside the same as a PDF; its cuts."""

import json
import sys
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from benchmarks.measuring import Timing, report, timed
from benchmarks.places import ROOT
from configurator.artwork import stitches as planning
from configurator.artwork.fonts import FontBook
from configurator.artwork.layout import lay_out
from configurator.artwork.pdf import proof_pdf
from configurator.artwork.scene import Scene
from configurator.artwork.stitches_files import dst, pes
from configurator.blanks.catalogue import Catalogue, read_catalogue
from configurator.designs.designing import design_for
from configurator.designs.permalink import read
from tests.artwork.golden import addresses, scenes_of

ROUNDS = 12
NAMES = ("Harbour", "ΝΑΥΣΙΚΑ", "Дружба", "مرحبا", "नमस्ते", "สวัสดี")


def main() -> None:
    """Print a line a design: ms, stitches, bytes of PES and DST; against its print PDF; then golden designs."""
    catalogue = read_catalogue(ROOT / "blanks")
    fonts = FontBook(catalogue.shop.fonts)
    for name in NAMES:
        _report(name, _scene(catalogue, fonts, name))
    _report_golden()


def _scene(catalogue: Catalogue, fonts: FontBook, name: str) -> Scene:
    blank = catalogue.blank("tee")
    asked = read([("template", "embroidered-on-the-chest"), ("f.name", name)], blank, catalogue.shop)
    design = design_for(asked, blank, catalogue.shop, catalogue.engine("tee"), fonts=fonts.fingerprint).design
    scenes = lay_out(design.elements, blank, design.configuration, catalogue.shop, fonts)
    return next(scene for scene in scenes if scene.stitching)


def _report(name: str, scene: Scene) -> None:
    again = timed(_planned(scene, known=True), ROUNDS)
    files = timed(lambda: (pes(scene), dst(scene)), ROUNDS)
    pdf: Timing = timed(lambda: proof_pdf([scene], title="embroidery"), ROUNDS)
    plan = planning.stitches(scene)
    report(
        f"stitches {name}",
        timed(_planned(scene, known=False), ROUNDS),
        beside=("the same artwork as a PDF", pdf),
        letters_known_ms=round(again.median, 3),
        files_ms=round(files.median, 3),
        stitches=plan.stitches,
        trims=plan.trims,
        threads=len(plan.blocks),
        pes_bytes=len(pes(scene)),
        dst_bytes=len(dst(scene)),
    )


def _report_golden() -> None:
    """Over the embroidered golden designs: cuts of the thread, stitches, and mm that the needle jumps after cuts."""
    scenes = [
        scene
        for _, key, query in addresses()
        if key == "tee"
        for scene in scenes_of(key, query)
        if scene.stitching and scene.nodes
    ]
    plans = [planning.stitches(scene) for scene in scenes]
    told = {
        "name": "stitches golden designs",
        "designs": len(plans),
        "trims": sum(plan.trims for plan in plans),
        "stitches": sum(plan.stitches for plan in plans),
        "jumps_mm": round(sum(map(_jumps_mm, plans))),
    }
    sys.stdout.write(json.dumps(told) + "\n")


def _jumps_mm(plan: planning.Plan) -> float:
    runs = [run.points for block in plan.blocks for run in block.runs]
    return float(sum(np.hypot(*(after[0] - before[-1])) for before, after in pairwise(runs))) / 10


def _planned(scene: Scene, *, known: bool) -> Callable[[], object]:
    """Planning as if for the first time; known: its letters were sewn before, as after a keystroke."""

    def plan() -> object:
        planning.forget(letters=not known)
        return planning.stitches(scene)

    return plan


if __name__ == "__main__":
    main()
