"""Papers set by Typst: a layout of ours and JSON values in, PDF out. Values are never read as markup."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import typst

from configurator.export.legible import FAMILIES, font_folders

Paper = Literal["work-orders", "labels"]


def paper(name: Paper, values: Mapping[str, Any]) -> bytes:
    """A paper as PDF, the same bytes for the same values.

    The values arrive as data (`sys.inputs`), so `#import` or `$x$` in a name is printed as it stands. The
    layouts read no files and no network; the system's fonts are left out, for bytes not to depend on them.
    """
    folder = resources.files("configurator.export").joinpath("papers")
    layout = "\n".join(folder.joinpath(f"{part}.typ").read_text("utf-8") for part in ("common", name))
    return typst.compile(
        layout.encode(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"values": json.dumps({**values, "families": FAMILIES}, ensure_ascii=False, sort_keys=True)},
        timestamp=0,
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_folders()],
    )
