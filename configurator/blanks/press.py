"""What a shop prints on: the output condition, its ICC profile, the ink it bears; read from shop.toml and checked."""

import hashlib
import re
from collections.abc import Mapping

from configurator.blanks.methods import Press
from configurator.blanks.table import Table

HEADER = 128
"""Bytes before a profile's table of tags (ICC.1:2022, 7.2)."""


def read_press(table: Table, files: Mapping[str, bytes]) -> Press:
    """[press] of shop.toml: profile = a file beside it, condition = what it is made for, total_ink = percent.

    files: name -> content of every .icc file beside shop.toml. Without [press] the free profile is used.
    """
    kept = {hashlib.sha256(content).hexdigest(): content for content in files.values()}
    entry = table.table("press", required=False)
    if entry is None:
        return Press(files=kept)
    name, condition = entry.text("profile", ""), entry.text("condition", "")
    total = entry.number("total_ink", 300, least=100, most=400) / 100
    if fault := _fault(name, condition, files):
        entry.fault(*fault)
    entry.close()
    profile = hashlib.sha256(files[name]).hexdigest() if name in files else ""
    return Press(condition, profile, total, kept)


def _fault(name: str, condition: str, files: Mapping[str, bytes]) -> tuple[str, str] | None:
    """(key, sentence) of what is wrong."""
    if not name:
        return ("condition", "A condition needs its profile: profile = a file beside shop.toml.") if condition else None
    if sentence := _unusable(name, files.get(name)):
        return "profile", sentence
    profile = files[name]
    if not condition:
        return "profile", f"{name} is made for “{said_by(profile)}”: say so, condition = its identifier, like FOGRA51."
    if _plain(condition) not in _plain(said_by(profile) + _tag(profile, b"targ")[:4000]):
        return "condition", (
            f"{name} is made for “{said_by(profile)}”, not for “{condition}”. Name the condition it was made for, "
            "or take the profile of the other."
        )
    return None


def _unusable(name: str, profile: bytes | None) -> str:
    if profile is None:
        return f"There is no {name} beside shop.toml. Put the printer's ICC profile there."
    if profile[36:40] != b"acsp":
        return f"{name} is no ICC profile. Ask the printer for the one of the press, a file ending in .icc."
    if (profile[12:16], profile[16:20]) != (b"prtr", b"CMYK"):
        return f"{name} is a profile for {_kind(profile)}. A press needs an output profile for CMYK."
    return ""


def said_by(profile: bytes) -> str:
    """The profile's own description."""
    text = _tag(profile, b"desc")
    return re.sub(r"[^\x20-\x7e]", "", text).strip() or "an unnamed condition"


def _tag(profile: bytes, signature: bytes) -> str:
    """A text tag: textDescriptionType and textType as ASCII, multiLocalizedUnicodeType as UTF-16 (first record)."""
    for place in range(HEADER + 4, min(len(profile), HEADER + 4 + 12 * 100), 12):
        if profile[place : place + 4] == signature:
            start, length = (int.from_bytes(profile[place + at : place + at + 4], "big") for at in (4, 8))
            return _text(profile[start : start + length])
    return ""


def _text(tag: bytes) -> str:
    if tag[:4] == b"mluc":
        length, start = (int.from_bytes(tag[at : at + 4], "big") for at in (20, 24))
        return tag[start : start + length].decode("utf-16-be", "replace")
    if tag[:4] == b"desc":
        return tag[12 : 12 + int.from_bytes(tag[8:12], "big")].decode("ascii", "replace").rstrip("\0")
    return tag[8:].decode("ascii", "replace")


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _kind(profile: bytes) -> str:
    kind = re.sub(r"[^A-Za-z0-9 ]", "", profile[16:20].decode("ascii", "replace")).strip()
    return f"{kind or 'something else'}" + ("" if profile[12:16] == b"prtr" else " screens or cameras")
