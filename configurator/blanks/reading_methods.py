"""Decoration methods and their inks, read from shop.toml."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast

from configurator.blanks.faults import nearest
from configurator.blanks.methods import InkSpec, Method, Sewing, Stitching, Tone
from configurator.blanks.table import Table, two

_OUTPUTS = ("print", "laser", "cut", "stitch")


def read_methods(table: Table) -> dict[str, Method]:
    """[method.sublimation] … with the inks of its palette and its own; at least one."""
    group = table.table("palette", required=False)
    palettes = {name: tuple(_ink(ink) for ink in group.tables(name)) for name in group.content} if group else {}
    return {key: _method(key, entry, palettes) for key, entry in table.entries("method", required=True)}


def _method(key: str, entry: Table, palettes: Mapping[str, tuple[InkSpec, ...]]) -> Method:
    output = cast(Literal["print", "laser", "cut", "stitch"], entry.one_of("output", _OUTPUTS))
    palette = entry.text("palette", "")
    if palette and palette not in palettes:
        entry.fault("palette", f"“{palette}” is no palette.{nearest(palette, palettes)}")
    own = _thread if output == "stitch" else _ink
    inks = palettes.get(palette, ()) + tuple(own(ink) for ink in entry.tables("inks"))
    keys = [ink.key for ink in inks]
    for name in {name for name in keys if keys.count(name) > 1}:
        entry.fault("inks", f"The ink “{name}” stands here twice.")
    if palette and output == "stitch":
        entry.fault("palette", "Printing inks are no threads: list the threads as “inks”, each with its code.")
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
        least_dpi=entry.number("least_dpi", 300, most=2400),
        underbase=entry.text("underbase", ""),
        choke_mm=entry.number("choke_mm", 0.0, most=1),
        output=output,
        sewing=_sewing(entry) if output == "stitch" else None,
        tone=_tone(entry) if output == "laser" else None,
    )
    entry.close()
    return method


def _tone(entry: Table) -> Tone | None:
    """pictures = { … }: without it, the laser makes none."""
    table = entry.table("pictures", required=False)
    if table is None:
        return None
    tone = Tone(contrast=table.number("contrast", 1.0, least=1, most=4), light=table.flag("light"))
    table.close()
    return tone


def _sewing(entry: Table) -> Sewing | None:
    """sewing = { … }: the machine's, and how it stitches."""
    table = entry.table("sewing")
    if table is None:
        return None
    usual = Stitching()
    sewing = Sewing(
        stitching=Stitching(
            row_mm=table.number("row_mm", usual.row_mm, least=0.25, most=2),
            stitch_mm=table.number("stitch_mm", usual.stitch_mm, least=1, most=12),
            pull_mm=table.number("pull_mm", usual.pull_mm, most=1),
            satin_mm=table.number("satin_mm", usual.satin_mm, least=2, most=12),
            trim_mm=table.number("trim_mm", usual.trim_mm, least=1, most=12),
        ),
        price=table.money("price_per_1000"),
        per_min=table.whole("per_min", least=50, most=5000),
        field_mm=two(table.numbers("field_mm", 2)),
        trim_s=table.number("trim_s", 6.0, most=120),
        change_s=table.number("change_s", 12.0, most=600),
    )
    table.close()
    return sewing


def _thread(entry: Table) -> InkSpec:
    """A thread: its code stands in the list beside the machine, its colour on the screen; cmyk is for proofs."""
    code = entry.text("thread")
    ink = _ink(entry)
    return replace(ink, spot=code, look="thread")


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
