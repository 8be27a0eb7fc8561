"""Writing direction against tables of expected levels and order: Unicode's own file, and always a sample of ours."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from configurator.artwork.bidi import levels_of, visual_runs

SAMPLE = Path(__file__).with_name("bidi_sample.txt")
UNICODES = Path("/usr/share/unicode/BidiCharacterTest.txt")
"""From Debian's package unicode-data."""


def cases(file: Path) -> Iterator[tuple[str, str, int | None, str, str]]:
    """(the line, text, base asked for, levels, order) of every case."""
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            points, base, _, levels, order = line.split(";")
            text = "".join(chr(int(point, 16)) for point in points.split())
            yield line, text, None if base == "2" else int(base), levels, order


def differing(file: Path) -> list[str]:
    """The cases where a level, or the order of what is seen, is another than the file says."""
    return [
        line
        for line, text, base, levels, order in cases(file)
        if (leveled(text, base, levels), ordered(text, base, levels)) != (levels, order)
    ]


def leveled(text: str, base: int | None, expected: str) -> str:
    """The levels; those of characters that the rules remove (x) are free."""
    pairs = zip(levels_of(text, base), expected.split(), strict=True)
    return " ".join("x" if known == "x" else str(level) for level, known in pairs)


def ordered(text: str, base: int | None, expected: str) -> str:
    removed = [known == "x" for known in expected.split()]
    seen = [i for run in visual_runs(text, base) for i in range(run.start, run.end)[:: -1 if run.rtl else 1]]
    return " ".join(str(i) for i in seen if not removed[i])


def test_our_sample_of_every_rule_comes_out_as_written() -> None:
    assert differing(SAMPLE) == []


@pytest.mark.slow
def test_every_case_of_unicodes_conformance_file_comes_out_as_written() -> None:
    if not UNICODES.exists():
        assert os.environ.get("CI") != "true", f"CI must install unicode-data, which brings {UNICODES}"
        pytest.skip(f"{UNICODES} is not here: install the Debian package unicode-data")
    assert sum(1 for _ in cases(UNICODES)) > 90_000
    found = differing(UNICODES)
    assert not found, f"{len(found)} differ (Python knows Unicode {unicodedata.unidata_version}): {found[:5]}"
