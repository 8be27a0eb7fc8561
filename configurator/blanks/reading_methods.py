"""Decoration methods and their inks, read from shop.toml."""

from collections.abc import Mapping
from typing import Literal, cast

from configurator.blanks.faults import nearest
from configurator.blanks.shop import InkSpec, Method
from configurator.blanks.table import Table


def read_methods(table: Table) -> dict[str, Method]:
    """[method.sublimation] … with the inks of its palette and its own; at least one."""
    group = table.table("palette", required=False)
    palettes = {name: tuple(_ink(ink) for ink in group.tables(name)) for name in group.content} if group else {}
    return {key: _method(key, entry, palettes) for key, entry in table.entries("method", required=True)}


def _method(key: str, entry: Table, palettes: Mapping[str, tuple[InkSpec, ...]]) -> Method:
    palette = entry.text("palette", "")
    if palette and palette not in palettes:
        entry.fault("palette", f"“{palette}” is no palette.{nearest(palette, palettes)}")
    inks = palettes.get(palette, ()) + tuple(_ink(ink) for ink in entry.tables("inks"))
    keys = [ink.key for ink in inks]
    for name in {name for name in keys if keys.count(name) > 1}:
        entry.fault("inks", f"The ink “{name}” stands here twice.")
    if not inks:
        entry.fault("inks", "A method needs at least one ink: inks = [ { key = …, label = …, rgb = …, cmyk = … } ].")
    method = Method(
        key=key,
        label=entry.text("label"),
        inks=inks,
        least_text_mm=entry.number("least_text_mm", most=100),
        least_stroke_mm=entry.number("least_stroke_mm", most=20),
        least_contrast=entry.number("least_contrast", 1.5, least=1, most=21),
        most_inks=entry.whole("most_inks", 0, most=50),
        most_ink=float(entry.number("most_ink_percent", 300.0, least=1, most=400)) / 100,
        output=cast(Literal["print", "laser", "cut"], entry.one_of("output", ("print", "laser", "cut"))),
    )
    entry.close()
    return method


def _ink(entry: Table) -> InkSpec:
    cyan, magenta, yellow, black = entry.numbers("cmyk", 4)
    if not all(0 <= share <= 1 for share in (cyan, magenta, yellow, black)):
        entry.fault("cmyk", "“cmyk” holds four shares from 0 to 1, like [0, 0.8, 0.85, 0].")
    ink = InkSpec(
        key=entry.key(),
        label=entry.text("label"),
        rgb=entry.colour("rgb"),
        cmyk=(cyan, magenta, yellow, black),
        spot=entry.text("spot") if entry.has("spot") else None,
        look=cast(Literal["flat", "foil", "engraved"], entry.one_of("look", ("flat", "foil", "engraved"), "flat")),
    )
    entry.close()
    return ink
