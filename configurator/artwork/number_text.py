"""Numbers and paths as short SVG text."""

from collections.abc import Iterable

from configurator.geometry import PathData


def short(value: float) -> str:
    """At most two decimals, nothing superfluous: 3.10 -> 3.1, -0.00 -> 0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def path_text(path: PathData) -> str:
    """The d of a path, absolute, in its own units."""
    return "".join(letter + " ".join(map(short, numbers)) for letter, numbers in path)


def paths_text(paths: Iterable[PathData]) -> str:
    """Several paths as one d."""
    return "".join(map(path_text, paths))
