"""Scenes as bytes and back: what orders keep, the same bytes for the same scenes."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from configurator.artwork.frames import Frame
from configurator.artwork.scene import Finding, Glyphs, Image, Ink, Node, Path, Scene
from configurator.blanks.methods import Stitching, Tone
from configurator.geometry import Affine, Box, PathData

FORMAT = 1


class UnknownFormat(ValueError):
    """These bytes were not written by freeze, or by a newer one."""


def freeze(scenes: Sequence[Scene]) -> bytes:
    """Compressed canonical JSON. thaw(freeze(scenes)) == scenes, and equal scenes give equal bytes."""
    content = {"format": FORMAT, "scenes": [_frozen(scene) for scene in scenes]}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(text.encode(), 9)


def thaw(frozen: bytes) -> tuple[Scene, ...]:
    """The scenes again. Raises UnknownFormat."""
    try:
        content = json.loads(zlib.decompress(frozen))
    except (zlib.error, ValueError) as fault:
        raise UnknownFormat("these bytes hold no scenes") from fault
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UnknownFormat(f"scenes are kept in format {FORMAT}")
    return tuple(_scene(plain) for plain in content["scenes"])


def _frozen(scene: Scene) -> dict[str, Any]:
    inks: dict[Ink, int] = {}
    return {
        "area": scene.area,
        "size": [scene.width_mm, scene.height_mm, scene.bleed_mm, scene.safe_mm],
        "nodes": [_node(node, inks) for node in scene.nodes],
        "outlines": {key: _path(path) for key, path in scene.outlines.items()},
        "boxes": {str(number): _edges(box) for number, box in scene.boxes.items()},
        "frames": {
            str(number): [*_edges(frame.box), frame.turn, frame.x_mm, frame.y_mm]
            for number, frame in scene.frames.items()
        },
        "cut": [_path(path) for path in scene.cut],
        "findings": [
            [found.level, found.element, found.sentence, list(map(list, found.fixes))] for found in scene.findings
        ],
        "says": scene.says,
        "underbase": scene.underbase,
        **({"choke": scene.choke_mm} if scene.choke_mm else {}),
        "inks": [[ink.key, ink.rgb, list(ink.cmyk), ink.spot, ink.look] for ink in inks],
        **({"fitted": sorted(scene.fitted)} if scene.fitted else {}),
        **({"stitching": list(astuple(scene.stitching))} if scene.stitching else {}),
    }


def _edges(box: Box) -> list[float]:
    return [box.left, box.top, box.right, box.bottom]


def _node(node: Node, inks: dict[Ink, int]) -> dict[str, Any]:
    if isinstance(node, Glyphs):
        placed = [[key, by.a, by.b, by.c, by.d, by.e, by.f] for key, by in node.placements]
        return {"glyphs": placed, "ink": _number(node.ink, inks), "element": node.element}
    if isinstance(node, Image):
        by = node.matrix
        return {
            "image": node.asset,
            "pixels": list(node.pixels),
            "matrix": [by.a, by.b, by.c, by.d, by.e, by.f],
            "element": node.element,
            **({"ink": _number(node.ink, inks), "tone": list(astuple(node.tone))} if node.tone else {}),
            **({"silhouette": _path(node.silhouette)} if node.silhouette else {}),
        }
    return {
        "path": _path(node.data),
        "fill": _number(node.fill, inks),
        "stroke": _number(node.stroke, inks),
        "width": node.width_mm,
        "role": node.role,
        "element": node.element,
        "round": node.round,
    }


def _number(ink: Ink | None, inks: dict[Ink, int]) -> int | None:
    return None if ink is None else inks.setdefault(ink, len(inks))


def _path(path: PathData) -> list[Any]:
    """The letters as one string, then all numbers."""
    return ["".join(letter for letter, _ in path), *(number for _, numbers in path for number in numbers)]


def _scene(plain: dict[str, Any]) -> Scene:
    width, height, bleed, safe = plain["size"]
    inks = [Ink(key, rgb, tuple(cmyk), spot, look) for key, rgb, cmyk, spot, look in plain["inks"]]
    return Scene(
        area=plain["area"],
        width_mm=width,
        height_mm=height,
        bleed_mm=bleed,
        safe_mm=safe,
        nodes=tuple(_thawed_node(node, inks) for node in plain["nodes"]),
        outlines={key: _thawed_path(path) for key, path in plain["outlines"].items()},
        boxes={int(number): Box(*box) for number, box in plain["boxes"].items()},
        frames={int(number): _frame(frame) for number, frame in plain["frames"].items()},
        cut=tuple(_thawed_path(path) for path in plain["cut"]),
        findings=tuple(_finding(found) for found in plain["findings"]),
        says=plain["says"],
        stitching=Stitching(*plain["stitching"]) if "stitching" in plain else None,
        underbase=plain["underbase"],
        choke_mm=plain.get("choke", 0),
        fitted=frozenset(plain.get("fitted", ())),
    )


def _frame(plain: list[float]) -> Frame:
    *edges, turn, x, y = plain
    return Frame(Box(*edges), turn, x, y)


def _thawed_node(plain: dict[str, Any], inks: list[Ink]) -> Node:
    if "glyphs" in plain:
        placed = tuple((key, Affine(*numbers)) for key, *numbers in plain["glyphs"])
        return Glyphs(placed, inks[plain["ink"]], plain["element"])
    if "image" in plain:
        width, height = plain["pixels"]
        ink, tone = (inks[plain["ink"]], Tone(*plain["tone"])) if "tone" in plain else (None, None)
        seen = _thawed_path(plain.get("silhouette", [""]))
        return Image(plain["image"], (width, height), Affine(*plain["matrix"]), plain["element"], ink, tone, seen)
    return Path(
        data=_thawed_path(plain["path"]),
        fill=None if plain["fill"] is None else inks[plain["fill"]],
        stroke=None if plain["stroke"] is None else inks[plain["stroke"]],
        width_mm=plain["width"],
        role=plain["role"],
        element=plain["element"],
        round=plain["round"],
    )


_COUNT = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def _thawed_path(plain: list[Any]) -> PathData:
    letters, numbers, at = plain[0], plain[1:], 0
    path = []
    for letter in letters:
        path.append((letter, tuple(numbers[at : at + _COUNT[letter]])))
        at += _COUNT[letter]
    return tuple(path)


def _finding(plain: list[Any]) -> Finding:
    level, element, sentence, fixes = plain
    return Finding(level, element, sentence, tuple((label, field, value) for label, field, value in fixes))
