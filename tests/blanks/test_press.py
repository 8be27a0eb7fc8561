import struct
from pathlib import Path

import pytest

from configurator.blanks.catalogue import read_folder
from configurator.blanks.press import said_by
from tests.blanks.small_shop import Shop

PRESS = '\n[press]\nprofile   = "press.icc"\ncondition = "{condition}"\ntotal_ink = 280\n'


def icc(description: str = "PSO Coated v3 (FOGRA51)", *, kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """A profile as far as it says what it is."""
    words = description.encode() + b"\0"
    tag = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words
    head = bytearray(128)
    head[12:16], head[16:20], head[36:40] = kind, space, b"acsp"
    return bytes(head) + struct.pack(">I4sII", 1, b"desc", 144, len(tag)) + tag


def read(folder: Path, profile: bytes | None, condition: str = "FOGRA51") -> tuple[object, list[str]]:
    shop = Shop()
    shop.files["shop.toml"] += PRESS.format(condition=condition)
    written = shop.written(folder)
    if profile is not None:
        (written / "press.icc").write_bytes(profile)
    reading = read_folder(written)
    return reading.catalogue and reading.catalogue.shop.press, [fault.sentence for fault in reading.faults]


def test_a_shop_names_its_profile_and_the_condition_it_was_made_for(tmp_path: Path) -> None:
    press, faults = read(tmp_path, icc())
    assert faults == []
    assert (press.condition, press.total_ink) == ("FOGRA51", 2.8)  # type: ignore[attr-defined] # it is a Press
    assert press.files[press.profile] == icc()  # type: ignore[attr-defined] # it is a Press


@pytest.mark.parametrize(
    ("profile", "condition", "sentence"),
    [
        (None, "FOGRA51", "There is no press.icc beside shop.toml"),
        (b"GIF89a", "FOGRA51", "press.icc is no ICC profile"),
        (icc(kind=b"mntr", space=b"RGB "), "FOGRA51", "is a profile for RGB screens or cameras"),
        (icc(), "FOGRA39", "is made for “PSO Coated v3 (FOGRA51)”, not for “FOGRA39”"),
        (icc(), "", "say so, condition = its identifier"),
    ],
)
def test_a_profile_that_is_not_the_conditions_is_told(
    tmp_path: Path, profile: bytes | None, condition: str, sentence: str
) -> None:
    _, faults = read(tmp_path, profile, condition)
    assert any(sentence in fault for fault in faults)


def test_what_a_profile_says_of_itself_is_read_whatever_it_is(tmp_path: Path) -> None:
    assert said_by(icc("Uncoated FOGRA52")) == "Uncoated FOGRA52"
    for cut in range(0, len(icc()), 7):
        assert isinstance(said_by(icc()[:cut]), str)
