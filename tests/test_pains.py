"""docs/pains.md names complaints about other systems and tests here: every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAINS = (ROOT / "docs" / "pains.md").read_text(encoding="utf-8")


def test_every_test_that_the_list_of_pains_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAINS)
    assert len(named) > 30
    missing = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text("utf-8")]
    assert missing == []


def test_every_pain_has_a_test_or_is_said_not_to_be_mended_yet() -> None:
    rows = re.findall(r"^\| ([0-9]+) \|(.+)\|$", PAINS, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 30))
    assert all("`tests/" in row or "not there yet**" in row for _, row in rows)
