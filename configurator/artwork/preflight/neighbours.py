"""Areas on the same cloth: a shirt's front is printed or its chest embroidered, not one over the other."""

from collections.abc import Iterator, Sequence

from configurator.artwork.elements import Element, Text
from configurator.artwork.preflight.place import removal
from configurator.artwork.scene import Finding
from configurator.blanks.blank import Area, Blank


def neighbour_findings(elements: Sequence[Element], area: Area, blank: Blank) -> Iterator[Finding]:
    """One for every area in use that this one, in use as well, cannot be decorated with."""
    used = {element.area: number for number, element in reversed(list(enumerate(elements, 1))) if _is_drawn(element)}
    if area.key not in used:
        return
    for other in blank.areas:
        if other.key in area.not_with and other.key in used:
            number = used[area.key]
            sentence = (
                f"{area.label} and {other.label} lie on the same cloth, so only one of them can be decorated. "
                f"Take everything off one of them."
            )
            yield Finding("error", number, sentence, (removal(number),))


def _is_drawn(element: Element) -> bool:
    return not isinstance(element, Text) or bool(element.text.strip())
