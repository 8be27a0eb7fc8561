"""Papers set by Typst: a layout of ours and JSON values in, PDF out. Values are never read as markup."""

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from configurator.errors import Refusal
from configurator.export.legible import FAMILIES, font_folders

Paper = Literal["work-orders", "labels", "proof"]

PROGRAM = Path(__file__).with_name("typst_process.py")
SECONDS = 300
"""A hundred travellers take one; a process that needs this long is stuck."""


class PaperFailed(Refusal):
    """The typesetter gave up on a layout or ran out of time or memory."""

    status = 500

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"{name}.pdf could not be set: {cause}. Try the export again; if it stays, report it.")


def paper(name: Paper, values: Mapping[str, Any]) -> bytes:
    """A paper as PDF, the same bytes for the same values. Raises PaperFailed.

    The values arrive as data (`sys.inputs`), so `#import` or `$x$` in a name is printed as it stands. Typst runs
    in a process of its own, because it keeps what it has computed for ever: 3 MB a traveller.
    """
    folder = resources.files("configurator.export").joinpath("papers")
    task = {
        "layout": "\n".join(folder.joinpath(f"{part}.typ").read_text("utf-8") for part in ("common", name)),
        "fonts": [str(each) for each in font_folders()],
        "values": json.dumps({**values, "families": FAMILIES}, ensure_ascii=False, sort_keys=True),
    }
    command = [sys.executable, "-P", str(PROGRAM)]
    try:
        run = subprocess.run(  # noqa: S603 - our own program, without a shell
            command, input=json.dumps(task).encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise PaperFailed(name, f"it took more than {SECONDS} seconds") from late
    if run.returncode != 0:
        raise PaperFailed(name, _last_line(run.stderr))
    return run.stdout


def _last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it was stopped"
