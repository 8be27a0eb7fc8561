"""The features of a COOM product grown into options: every part of every structure by its path."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from configurator.options.coom_syntax import Coom, Enumeration, Feature, Path, Step, Structure
from configurator.options.coom_words import CoomFault
from configurator.options.model import Number, OneOf, Option, Value
from configurator.options.naming import key_of, label_of
from configurator.options.resolving import nearest

MOST_OPTIONS = 2000
MOST_NUMBERS = 10_000
Way = tuple[str, ...]
"""The steps to an option from the product: ("bags[1]", "colour"); one of several has its index."""


@dataclass(frozen=True, slots=True)
class Grown:
    """One option, with the names that its values (name -> key) and attributes (name -> fact) have in the file.

    texts: of every attribute that is no number, what it says -> the keys of the values that say so.
    """

    option: Option
    values: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What a path leads to: an option, and the fact or the text that an attribute of its value became."""

    grown: Grown
    fact: str | None = None
    text: str | None = None

    @property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """Names and what keys of values go by them; none of amounts."""
        if self.text is not None:
            return self.grown.texts[self.text]
        return {} if self.fact is not None else {name: (key,) for name, key in self.grown.values.items()}


class Growth:
    """All options of a product, in order. Raises CoomFault."""

    def __init__(self, coom: Coom) -> None:
        self._coom = coom
        self.options: dict[Way, Grown] = {}
        self.instances: dict[str, list[Way]] = {}
        self._keys: set[str] = set()
        self._grow(coom.product, (), ())
        if not self.options:
            raise CoomFault("The product has no features.", coom.product.place)

    def structure_at(self, way: Way) -> Structure:
        """The structure that the steps lead to, none of them to the product."""
        structure = self._coom.product
        for step in way:
            kind = next(f.kind for f in structure.features if f.name == step.partition("[")[0])
            structure = self._coom.structures[kind]
        return structure

    def find(self, path: Path, within: Way) -> Found | None:
        """What a path means within an instance; None for one name that is no feature: a value. Raises CoomFault."""
        if len(path.steps) == 1 and path.steps[0].index is None and not self._feature(path.steps[0].name, within):
            return None
        return next(self._found(path, within, _step))

    def find_all(self, path: Path, within: Way) -> tuple[Found, ...]:
        """What a path means of every part, where it does not say of which of several. Raises CoomFault."""
        return tuple(self._found(path, within, _steps))

    def each(self, path: Path, within: Way) -> tuple[Path, ...]:
        """The path to every part that it may mean, each with its number; the path itself where it means one thing."""
        heads, length = self._heads(path, within)
        return tuple(Path((*head, *path.steps[length:])) for head in heads)

    def count(self, path: Path, within: Way) -> int:
        """How many parts a path leads to. Raises CoomFault."""
        heads, length = self._heads(path, within)
        if length < len(path.steps):
            raise CoomFault(f"There is no feature “{path.steps[length].name}”.", path.steps[length].place)
        return len(heads)

    def _heads(self, path: Path, within: Way) -> tuple[list[tuple[Step, ...]], int]:
        """The ways that the steps of a path lead, as far as they are features, and how many steps that is."""
        rooted = self._is_rooted(path, within)
        way, heads = () if rooted else within, [path.steps[:rooted]]
        for at, step in enumerate(path.steps[rooted:], start=int(rooted)):
            feature = self._feature(step.name, way)
            if feature is None:
                return heads, at
            numbers = range(feature.count) if step.index is None and feature.count > 1 else [step.index]
            heads = [(*head, replace(step, index=number)) for head in heads for number in numbers]
            way = (*way, step.name)
            if feature.kind not in self._coom.structures:
                return heads, at + 1
        return heads, len(path.steps)

    def _is_rooted(self, path: Path, within: Way) -> bool:
        return path.steps[0].name == "root" and len(path.steps) > 1 and not self._feature("root", within)

    def _found(self, path: Path, within: Way, stepped: Callable[[Feature, Step], Iterable[str]]) -> Iterator[Found]:
        rooted = self._is_rooted(path, within)
        ways: list[Way] = [() if rooted else within]
        for place, step in enumerate(path.steps[rooted:], start=1 + rooted):
            feature = self._feature(step.name, ways[0])
            if feature is None:
                names = [feature.name for feature in self.structure_at(ways[0]).features]
                raise CoomFault(f"There is no feature “{step.name}”.{nearest(step.name, names)}", step.place)
            ways = [(*way, more) for way in ways for more in stepped(feature, step)]
            if feature.kind not in self._coom.structures:
                yield from (_attributed(self.options[way], path, place) for way in ways)
                return
        inside = next((f".{feature.name}" for feature in self.structure_at(ways[0]).features), "")
        raise CoomFault(f"“{path.said}” has parts; name one, as in {path.said}{inside}.", path.place)

    def _feature(self, name: str, way: Way) -> Feature | None:
        return next((feature for feature in self.structure_at(way).features if feature.name == name), None)

    def _grow(self, structure: Structure, way: Way, within: tuple[str, ...]) -> None:
        if structure.name in within:
            raise CoomFault(f"“{structure.name}” is a part of itself, so there is no end of it.", structure.place)
        self.instances.setdefault(structure.name, []).append(way)
        for feature in structure.features:
            for number in range(feature.count):
                step = (*way, *_step(feature, Step(feature.name, number, feature.place)))
                if feature.kind in self._coom.structures:
                    self._grow(self._coom.structures[feature.kind], step, (*within, structure.name))
                else:
                    self._add(feature, step)

    def _add(self, feature: Feature, way: Way) -> None:
        if len(self.options) >= MOST_OPTIONS:
            raise CoomFault(f"At most {MOST_OPTIONS:,} options can be read.", feature.place)
        name = " ".join(_spoken(way))
        key = key_of(name, self._keys)
        self._keys.add(key)
        self.options[way] = self._grown(feature, key, label_of(name))

    def _grown(self, feature: Feature, key: str, label: str) -> Grown:
        if feature.kind == "num":
            return Grown(Option(key, label, "taste", _number(feature)))
        if feature.kind in self._coom.enumerations:
            return _one_of(self._coom.enumerations[feature.kind], key, label)
        if feature.kind == "Bool":
            domain = OneOf((Value("false", "No"), Value("true", "Yes")), "false")
            names = {"True": "true", "true": "true", "False": "false", "false": "false"}
            return Grown(Option(key, label, "taste", domain), names)
        known = nearest(feature.kind, (*self._coom.enumerations, *self._coom.structures, "Bool", "num"))
        raise CoomFault(f"There is no type “{feature.kind}”.{known}", feature.place)


def _attributed(grown: Grown, path: Path, place: int) -> Found:
    """The option, or the attribute of it that the rest of a path names."""
    if len(path.steps) == place:
        return Found(grown)
    step = path.steps[place]
    last = len(path.steps) == place + 1 and step.index is None
    if last and step.name in grown.texts:
        return Found(grown, text=step.name)
    if not last or step.name not in grown.attributes:
        known = nearest(step.name, [*grown.attributes, *grown.texts]) or " It has none."
        raise CoomFault(f"“{grown.option.label}” has no attribute “{step.name}”.{known}", step.place)
    return Found(grown, fact=grown.attributes[step.name])


def _keys(names: Iterable[str]) -> dict[str, str]:
    """Name -> a key of its own."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        keys[name] = key_of(name, taken)
        taken.add(keys[name])
    return keys


def _one_of(enumeration: Enumeration, key: str, label: str) -> Grown:
    values = _keys(choice.name for choice in enumeration.choices)
    facts = _keys(enumeration.attributes)
    domain = OneOf(
        tuple(
            Value(values[choice.name], choice.name, 0, dict(zip(facts.values(), choice.numbers, strict=True)))
            for choice in enumeration.choices
        ),
        values[enumeration.choices[0].name],
    )
    return Grown(Option(key, label, "taste", domain), values, facts, dict(_texts(enumeration, values)))


def _texts(enumeration: Enumeration, values: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    for at, attribute in enumerate(enumeration.texts):
        said: dict[str, tuple[str, ...]] = {}
        for choice in enumeration.choices:
            said[choice.texts[at]] = (*said.get(choice.texts[at], ()), values[choice.name])
        yield attribute, said


def _number(feature: Feature) -> Number:
    least, most = feature.least, feature.most
    if least is None or most is None:
        raise CoomFault(f"“{feature.name}” needs a range, such as num 0-200 {feature.name}.", feature.place)
    if not 0 <= least <= most:
        raise CoomFault(f"The range {least}-{most} is none; it goes from 0 or more upwards.", feature.place)
    if most - least >= MOST_NUMBERS:
        raise CoomFault(f"At most {MOST_NUMBERS:,} numbers in a range can be read.", feature.place)
    return Number(least, most, 1, feature.unit or "pieces", least)


def _step(feature: Feature, step: Step) -> Iterable[str]:
    """The step to a feature; of several the index must be said."""
    if feature.count == 1 and step.index in (None, 0):
        return (feature.name,)
    if step.index is None:
        example = f"{feature.name}[0]"
        raise CoomFault(f"There are {feature.count} of “{feature.name}”; name one, as in {example}.", step.place)
    if not 0 <= step.index < feature.count:
        there = f"it is counted from 0 to {feature.count - 1}"
        raise CoomFault(f"“{feature.name}[{step.index}]” is not there: {there}.", step.place)
    return (f"{feature.name}[{step.index}]",)


def _steps(feature: Feature, step: Step) -> Iterable[str]:
    """The steps to all parts of a feature, or to the one whose index is said."""
    if step.index is not None or feature.count == 1:
        return _step(feature, step)
    return [f"{feature.name}[{number}]" for number in range(feature.count)]


def _spoken(way: Way) -> Iterator[str]:
    """The steps as people say them, counted from 1."""
    for step in way:
        name, bracket, index = step.partition("[")
        yield f"{name} {int(index.removesuffix(']')) + 1}" if bracket else name
