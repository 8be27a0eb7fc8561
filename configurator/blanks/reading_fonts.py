"""Fonts read from shop.toml: faces inside installed font packages."""

from importlib.util import find_spec
from pathlib import Path

from configurator.blanks.shop import Font
from configurator.blanks.table import Table


def read_fonts(table: Table) -> tuple[Font, ...]:
    """[[font]] …, in the order in which customers see them and fallbacks are tried."""
    fonts = tuple(_font(entry) for entry in table.tables("font"))
    keys = [font.key for font in fonts]
    for key in {key for key in keys if keys.count(key) > 1}:
        table.fault("font", f"The font “{key}” stands here twice.")
    if not any(font.offered for font in fonts):
        table.fault("font", "The shop offers no font; add a [[font]].")
    return fonts


def _font(entry: Table) -> Font:
    axes = entry.table("axes", required=False)
    font = Font(
        key=entry.key(),
        label=entry.text("label"),
        package=entry.text("package"),
        file=entry.text("file"),
        axes={name: axes.number(name, least=-1000, most=2000) for name in axes.content} if axes else {},
        offered=not entry.flag("fallback"),
    )
    _check_file(entry, font)
    entry.close()
    return font


def _check_file(entry: Table, font: Font) -> None:
    if not font.package or not font.file:
        return
    spec = find_spec(font.package) if font.package.isidentifier() else None
    if spec is None or spec.origin is None:
        entry.fault(
            "package", f"The font package “{font.package}” is not installed; expected a name like fontpkg_lobster."
        )
    elif not (Path(spec.origin).parent / "files" / font.file).is_file():
        files = sorted(file.name for file in (Path(spec.origin).parent / "files").glob("*.?tf"))
        entry.fault("file", f"“{font.file}” is not in {font.package}; it has {', '.join(files) or 'no font'}.")
