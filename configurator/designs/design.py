"""A design: blank version, configuration, artwork. Immutable, named by the hash of its canonical JSON."""

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cached_property, partial
from typing import Any

from configurator.artwork.elements import Element, Image, Shape, Text
from configurator.artwork.known import Known
from configurator.options.model import Chosen, Configuration
from configurator.options.recent import Recent

FORMAT = 1
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
class Design:
    """What one piece is to become. `configuration` is complete; `fonts` the fingerprint of the faces."""

    blank: str
    blank_version: str
    fonts: str
    configuration: Configuration
    elements: tuple[Element, ...]

    @cached_property
    def canonical(self) -> str:
        """Canonical JSON: keys sorted, no spaces, UTF-8, sets as sorted lists; parts at their usual value left out."""
        chosen = frozenset(self.configuration.items())
        start = _starts.get((self.blank, self.blank_version, chosen), self._start)
        elements = ",".join([_texts.get((element,), None, partial(_text, element)) for element in self.elements])
        end = {"fonts": self.fonts, "format": FORMAT}
        return f'{start},"elements":[{elements}],{_CANONICAL.encode(end)[1:]}'

    def _start(self) -> str:
        """Up to the elements, which a letter changes."""
        content = {
            "blank": self.blank,
            "blank_version": self.blank_version,
            "configuration": {
                key: each if type(each) is str else _plain(each) for key, each in self.configuration.items()
            },
        }
        return _CANONICAL.encode(content)[:-1]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, 64 hexadecimal digits: the design's name everywhere."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def read_design(canonical: str) -> Design:
    """The design a canonical JSON stands for. Raises ValueError on anything else."""
    content = json.loads(canonical)
    if content.get("format") != FORMAT:
        raise ValueError(f"design format {content.get('format')} is not {FORMAT}")
    return Design(
        blank=content["blank"],
        blank_version=content["blank_version"],
        fonts=content["fonts"],
        configuration={key: _chosen(plain) for key, plain in content["configuration"].items()},
        elements=tuple(_element(plain) for plain in content["elements"]),
    )


def _plain(chosen: Chosen) -> Any:
    if isinstance(chosen, frozenset):
        return {"some": sorted(chosen)}
    if isinstance(chosen, tuple):
        return {"grams": [list(part) for part in chosen]}
    return chosen


_starts: Recent[str] = Recent(256)
_texts: Known[str] = Known(1024)
"""By identity: elements may be equal and not written alike, 9 mm and 9.0."""


def _text(element: Element) -> str:
    return _CANONICAL.encode(_written(element))


def _written(element: Element) -> dict[str, Any]:
    """What is at its usual value is left out, so that a property added later changes no hash."""
    parts = {part.name: (getattr(element, part.name), part.default) for part in fields(element)}
    kept = {name: value for name, (value, usual) in parts.items() if value != usual}
    return {"kind": type(element).__name__.lower(), **kept}


def _chosen(plain: Any) -> Chosen:
    if isinstance(plain, dict):
        if "some" in plain:
            return frozenset(plain["some"])
        return tuple((key, grams) for key, grams in plain["grams"])
    if isinstance(plain, str | int):
        return plain
    raise ValueError(f"{plain!r} is no choice")


def _element(plain: dict[str, Any]) -> Element:
    kind = plain.pop("kind")
    if kind == "text":
        return Text(**plain)
    if kind == "image":
        return Image(**plain)
    return Shape(**{**plain, "inks": tuple(plain["inks"])})
