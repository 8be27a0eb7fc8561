"""The licences of everything the program is built on, into docs/third-party-licences.md: `make licences`."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "third-party-licences.md"

HEAD = """# Third-party licences

Written by `make licences` from the installed packages, as they declare themselves; do not edit by hand.
The program itself is under the Apache License 2.0 (LICENSE). Nothing here is copied into this repository: packages
are installed from the lock files, fonts too. Packages under the LGPL are used unchanged as libraries.
The emoji are Twemoji's: graphics by Twitter, Inc. and other contributors under CC BY 4.0, the font file under the OFL.
"""


def main() -> int:
    """Write the page; 1 when a package that ships declares no licence or a strong copyleft one."""
    python = _python_packages()
    ships = _locked(ROOT / "requirements.lock")
    runtime = {name: row for name, row in python.items() if name in ships}
    develops = _locked(ROOT / "requirements-dev.lock") - ships
    tools = {name: row for name, row in python.items() if name in develops}
    page = [
        HEAD,
        _table("What the running program uses (Python)", runtime.values()),
        _table("What comes from npm: for the browser, and the colour emoji", _front_end()),
        _table("Only for development and tests (Python)", tools.values()),
    ]
    PAGE.write_text("\n".join(page), "utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len(runtime)} packages at run time, {len(tools)} for development")
    bad = [row for row in runtime.values() if _is_unfit(row[2])]
    for name, version, licence in bad:
        print(f"{name} {version} cannot ship: its licence is {licence}", file=sys.stderr)
    return 1 if bad else 0


Row = tuple[str, str, str]
"""(name, version, licence)."""


def _python_packages() -> Mapping[str, Row]:
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-license-file"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    rows = [(each["Name"], each["Version"], _named(each["License"], each["LicenseText"])) for each in listed]
    return {_normal(row[0]): row for row in sorted(rows, key=lambda row: _normal(row[0]))}


def _named(licence: str, text: str) -> str:
    """The licence's name; a few packages put the whole text where its name belongs, or bring the text alone."""
    lines = [line.strip() for line in (text if licence == "UNKNOWN" else licence).splitlines()]
    return next((line for line in lines if line), "UNKNOWN")


def _locked(lock: Path) -> set[str]:
    return {_normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", lock.read_text(), re.MULTILINE)}


def _front_end() -> list[Row]:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    return [
        (path.removeprefix("node_modules/"), each["version"], each.get("license", "UNKNOWN"))
        for path, each in sorted(packages.items())
        if path
    ]


def _table(title: str, rows: Iterable[Row]) -> str:
    lines = [f"| {name} | {version} | {licence.replace('|', '/')} |" for name, version, licence in rows]
    return "\n".join([f"## {title}", "", "| Package | Version | Licence |", "|---|---|---|", *lines, ""])


def _is_unfit(licence: str) -> bool:
    """Whether nobody could say that the program may be passed on with it."""
    names = re.split(r"\s+(?:OR|or)\s+|;", licence)
    return all(name.strip() == "UNKNOWN" or re.search(r"(?<!L)A?GPL", name) is not None for name in names)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
