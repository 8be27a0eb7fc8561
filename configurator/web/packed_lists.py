"""A list of names packed into an address, so that a page which was sent is one that can be gone back to."""

import base64
import binascii
import zlib
from collections.abc import Mapping
from urllib.parse import urlencode

from configurator.web.forms import MOST_SIGNS, query_pairs

FIELD = "names"
"""The field of the address."""
MOST = 6_000
"""Signs of it: with the design below the 8 KB of an address that every server takes. 200 names of people are 3,000."""
_MOST_BYTES = 12 * MOST_SIGNS
"""What is unpacked at most: every sign of a list as `%F0%9F%98%80`."""


def packed(typed: Mapping[str, str]) -> str | None:
    """Fields as letters, digits, `-` and `_`; None if they are too many for an address."""
    text = base64.urlsafe_b64encode(zlib.compress(urlencode(typed).encode(), 9)).decode().rstrip("=")
    return text if len(text) <= MOST else None


def unpacked(text: str) -> dict[str, str]:
    """The fields; none where they were cut off or made up. Never raises."""
    if len(text) > MOST:
        return {}
    try:
        content, reading = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), zlib.decompressobj()
        query = reading.decompress(content, _MOST_BYTES).decode("ascii")
        return dict(query_pairs(query)) if reading.eof else {}
    except (binascii.Error, ValueError, zlib.error):
        return {}
