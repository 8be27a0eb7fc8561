"""What kind of file it is: told by its first bytes alone, whatever its name says."""

import re

from configurator.uploads.refusing import Unusable

HEAD = 2048
"""Bytes that are looked at."""

_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"BM", "a BMP"),
    (b"8BPS", "a Photoshop file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "a PostScript file"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"\xc5\xd0\xd3\xc6", "an EPS file"),
)
_TEXT = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<")


def kind_of(head: bytes) -> str:
    """jpeg, png, webp, heic, pdf or svg, from the first HEAD bytes. Raises Unusable for everything else."""
    if not head:
        raise Unusable("The file is empty. Choose the picture again; it may not have finished loading on this device.")
    known = _binary(head)
    if known:
        return known
    if _TEXT.match(head):
        return "svg"
    named = next((name for start, name in _OTHERS if head.startswith(start)), "nothing that we can read as a picture")
    raise Unusable(f"This file is {named}. Save it as JPEG, PNG, WebP, HEIC, SVG or PDF and send that.")


def _binary(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return "heic"
    return "pdf" if b"%PDF-" in head[:1024] else ""
