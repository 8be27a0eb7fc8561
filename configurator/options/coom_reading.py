"""COOM read into its syntax: product, structures, enumerations and behaviors.

Source: the grammar of the Potassco COOM Suite (2025), of it what has a fixed number of parts and whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from configurator.options.coom_behaving import read_behavior
from configurator.options.coom_cursor import Cursor
from configurator.options.coom_syntax import Behavior, Choice, Coom, Enumeration, Feature, Structure
from configurator.options.coom_words import CoomFault, Place, words_of
from configurator.options.resolving import nearest

MOST_OF_A_KIND = 200
_SECTIONS = ("product", "structure", "enumeration", "behavior")
_FIXED = (
    "Only a fixed number of parts can be read, such as 2 or 2..2; "
    "what may be missing can be a part with a value such as None."
)
_CHOOSES = ("set", "add", "blockinput")
_CHOSEN = "{} says what somebody chose of a product. Import the file that has its “product {{ … }}”."


def read_coom(text: str) -> Coom:
    """The parts of a COOM file. Raises CoomFault with line, column and what was expected there."""
    cursor, found = Cursor(words_of(text)), _Found()
    while not cursor.ended():
        _section(cursor, found)
    if found.product is None:
        raise CoomFault("There is no “product { … }” in this file. It stands before all else.", cursor.place)
    return Coom(found.product, found.structures, found.enumerations, tuple(found.behaviors))


@dataclass
class _Found:
    product: Structure | None = None
    structures: dict[str, Structure] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    behaviors: list[Behavior] = field(default_factory=list)

    def refuse_twice(self, name: str, place: Place) -> None:
        if name in self.structures or name in self.enumerations or name == "Bool":
            raise CoomFault(f"There is already a type “{name}”.", place)


def _section(cursor: Cursor, found: _Found) -> None:
    place = cursor.place
    if cursor.take("product"):
        if found.product is not None:
            raise CoomFault("There is a second product. A file holds one.", place)
        found.product = Structure("", _features(cursor), place)
    elif cursor.take("structure"):
        name = _type(cursor, found, "the structure’s name")
        found.structures[name] = Structure(name, _features(cursor), place)
    elif cursor.take("enumeration"):
        name = _type(cursor, found, "the enumeration’s name")
        found.enumerations[name] = _enumeration(cursor, name, place)
    elif cursor.take("behavior"):
        found.behaviors.append(read_behavior(cursor, place))
    elif cursor.is_at(*_CHOOSES):
        raise CoomFault(_CHOSEN.format(cursor.next.said), place)
    elif not cursor.take(";"):
        raise cursor.expected("product, structure, enumeration or behavior", nearest(cursor.next.text, _SECTIONS))


def _type(cursor: Cursor, found: _Found, what: str) -> str:
    place = cursor.place
    name = cursor.name(what)
    found.refuse_twice(name, place)
    return name


def _features(cursor: Cursor) -> tuple[Feature, ...]:
    features: dict[str, Feature] = {}
    cursor.need("{")
    while not cursor.take("}"):
        if cursor.take(";"):
            continue
        feature = _feature(cursor)
        if feature.name in features:
            raise CoomFault(f"There is already a feature “{feature.name}”.", feature.place)
        features[feature.name] = feature
    return tuple(features.values())


def _feature(cursor: Cursor) -> Feature:
    count = _count(cursor)
    place = cursor.place
    if cursor.take("num"):
        unit = _unit(cursor)
        least, most = _range(cursor)
        return Feature(cursor.name("the feature’s name"), "num", count, place, least, most, unit)
    if cursor.is_at("string"):
        raise CoomFault("“string” features cannot be read: they have no values to choose among. Leave them out.", place)
    if cursor.is_at("reference", "static"):
        raise CoomFault(f"{cursor.next.said} features cannot be read. Write the feature where it belongs.", place)
    kind = cursor.name("a feature such as “Color color”, or “}”")
    return Feature(cursor.name(f"a name for the “{kind}”"), kind, count, place)


def _count(cursor: Cursor) -> int:
    """How many of a feature there are: 1 if nothing is said, else a fixed number such as 2, 2x or 2..2."""
    place, said = cursor.place, cursor.next.text
    least = _many(cursor)
    if least is None:
        return 1
    most = least
    if cursor.take(".."):
        said = f"{said}..{cursor.next.text if cursor.is_at('*') or cursor.next.kind in ('number', 'times') else ''}"
        found = None if cursor.take("*") else _many(cursor)
        most = -1 if found is None else found
    if least != most or least < 1:
        raise CoomFault(f"“{said}” leaves open how many there are. {_FIXED}", place)
    if least > MOST_OF_A_KIND:
        raise CoomFault(f"At most {MOST_OF_A_KIND} parts of a kind can be read.", place)
    return least


def _many(cursor: Cursor) -> int | None:
    word = cursor.next
    if word.kind == "times":
        cursor.take(word.text)
        digits = word.text.removesuffix("x")
        return int(digits) if len(digits) < 6 else MOST_OF_A_KIND + 1
    return cursor.whole("a number") if word.kind == "number" else None


def _unit(cursor: Cursor) -> str:
    if cursor.is_at(".", "^", "#"):
        raise cursor.expected("a unit, a range or a name", " Only whole numbers can be read; count in smaller units.")
    return cursor.name("a unit such as inch") if cursor.take("/") else ""


def _range(cursor: Cursor) -> tuple[int | None, int | None]:
    if cursor.next.kind != "number" and not cursor.is_at("-"):
        return None, None
    least = cursor.whole("a number")
    cursor.need("-", hint=" A range is written 0-200.")
    return least, cursor.whole("a number")


def _enumeration(cursor: Cursor, name: str, place: Place) -> Enumeration:
    attributes: dict[str, bool] = {}
    choices: dict[str, Choice] = {}
    cursor.need("{")
    while not cursor.take("}"):
        if cursor.take(";"):
            continue
        if cursor.is_at("attribute") and choices:
            raise cursor.expected("a value or “}”", " Attributes stand before the values that have them.")
        if cursor.take("attribute"):
            attributes.update([_attribute(cursor, attributes)])
            continue
        choice = _choice(cursor, attributes)
        if choice.name in choices:
            raise CoomFault(f"“{name}” has already a value “{choice.name}”.", choice.place)
        choices[choice.name] = choice
    if not choices:
        raise CoomFault(f"“{name}” has no values; write at least one between the brackets.", place)
    numbers = tuple(attribute for attribute, is_number in attributes.items() if is_number)
    texts = tuple(attribute for attribute, is_number in attributes.items() if not is_number)
    return Enumeration(name, numbers, tuple(choices.values()), place, texts)


def _attribute(cursor: Cursor, known: Mapping[str, bool]) -> tuple[str, bool]:
    """An attribute's name, and whether it is a number; else it is a text."""
    is_number = cursor.take("num")
    if is_number:
        _unit(cursor)
        _range(cursor)
    typed = not is_number and not cursor.take("string")
    place = cursor.place
    name = cursor.name("“num” or the attribute’s name")
    if typed and cursor.next.kind == "name" and cursor.place.line == place.line:
        name = cursor.name("the attribute’s name")  # `attribute Size size`: of a type
    if name in known:
        raise CoomFault(f"There is already an attribute “{name}”.", place)
    return name, is_number


def _choice(cursor: Cursor, attributes: Mapping[str, bool]) -> Choice:
    place, kinds = cursor.place, list(attributes.values())
    name = cursor.name("a value, “attribute” or “}”")
    numbers: list[int] = []
    texts: list[str] = []
    if cursor.take("="):
        cursor.need("(")
        while not cursor.take(")"):
            read = len(numbers) + len(texts)
            if read >= len(kinds) or kinds[read]:
                numbers.append(cursor.whole("a whole number or “)”"))
            else:
                texts.append(cursor.constant("a name or a text"))
            cursor.take(",")
    read = len(numbers) + len(texts)
    if read != len(attributes):
        told = f"{read} constants for {len(attributes)} attributes"
        raise CoomFault(f"“{name}” has {told}. Write one for each.", place)
    return Choice(name, tuple(numbers), place, tuple(texts))
