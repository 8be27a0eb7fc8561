"""A design in words: its title, a one-line summary, and every option with what was chosen."""

from collections.abc import Collection, Sequence

from configurator.artwork.elements import Image, Text
from configurator.blanks.blank import Blank
from configurator.designs.design import Design
from configurator.options.model import Chosen, Mix, Number, OneOf, Option

_LONGEST = 200
_WORDS = 40
MOST_LISTED, MOST_CHOSEN = 24, 8
"""Of more options than the first nobody reads or listens to all: a few that the customer chose are told instead."""


def title(design: Design, blank: Blank) -> str:
    """What the piece is and whose: the blank's name and the largest words on it, `Oak board, Okafor`."""
    words = main_words(design)
    return f"{blank.name}, {words}" if words else blank.name


def main_words(design: Design) -> str:
    """The largest of the texts that a customer put on it, at most 40 characters; empty when there is none."""
    texts = [element for element in design.elements if isinstance(element, Text) and element.text.strip()]
    largest = max(texts, key=lambda element: element.size_mm, default=None)
    words = " ".join(largest.text.split()) if largest else ""
    return words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…"


def summary(design: Design, blank: Blank) -> str:
    """The texts and pictures on it and what was chosen, in one line of at most 200 characters: `“Zoë”, Coral, Gold`."""
    texts = [f"“{text}”" for text in texts_on(design)]
    if count := len(pictures_on(design)):
        texts.append("a picture" if count == 1 else f"{count} pictures")
    chosen = [label for _, label in configuration_lines(design, blank) if label != "none"]
    line = ", ".join(texts + chosen)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def texts_on(design: Design) -> tuple[str, ...]:
    """The texts a customer put on it, in their order, empty ones left out."""
    return tuple(element.text for element in design.elements if isinstance(element, Text) and element.text.strip())


def pictures_on(design: Design) -> tuple[str, ...]:
    """The customer's pictures on it, each once, in their order."""
    return tuple(dict.fromkeys(element.asset for element in design.elements if isinstance(element, Image)))


def areas_used(design: Design) -> frozenset[str]:
    """The print areas that something is on; an empty text is nothing."""
    return frozenset(
        element.area for element in design.elements if not isinstance(element, Text) or element.text.strip()
    )


def configuration_lines(design: Design, blank: Blank) -> tuple[tuple[str, str], ...]:
    """(option label, chosen label) for every option, in the blank's order."""
    values = blank.model.values
    chosen = design.configuration
    pairs = [(option, values.get((option.key, chosen[option.key]))) for option in blank.model.options]
    return tuple(
        [(each.label, value.label if value else chosen_label(each, chosen[each.key])) for each, value in pairs]
    )


def worth_telling(options: Sequence[Option], own: Collection[str]) -> tuple[Sequence[Option], int]:
    """The options of which it is told in a line what was chosen, and how many others there are.

    own: the keys of those that the customer chose.
    """
    if len(options) <= MOST_LISTED:
        return options, 0
    told = [option for option in options if option.key in own][:MOST_CHOSEN]
    return told, len(options) - len(told)


def chosen_label(option: Option, chosen: Chosen) -> str:
    """A choice as people read it: `Coral`, `Cork lid, Gift box`, `96 pages`, `Oat flakes 300 g, Honey 200 g`."""
    domain = option.domain
    if isinstance(domain, OneOf):
        value = domain.by_key.get(str(chosen))
        return value.label if value else "none"
    if isinstance(domain, Number):
        return f"{chosen} {domain.unit}".strip()
    if isinstance(domain, Mix):
        grams = dict(chosen) if isinstance(chosen, tuple) else {}
        labels = [f"{part.label} {grams[part.key]}\u00a0g" for part in domain.parts if part.key in grams]
    else:
        labels = [value.label for value in domain.values if isinstance(chosen, frozenset) and value.key in chosen]
    return ", ".join(labels) or "none"
