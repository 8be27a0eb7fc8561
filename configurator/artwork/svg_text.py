"""Numbers and words as SVG text: short, and unable to leave their attribute."""

import re
from html import escape

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def short(value: float) -> str:
    """At most two decimals, nothing superfluous: 3.10 -> 3.1, -0.00 -> 0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def worded(text: str) -> str:
    """Any text as the value of an attribute; characters XML cannot hold are left out."""
    return escape(_NOT_XML.sub("", text))
