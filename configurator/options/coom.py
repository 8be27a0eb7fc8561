"""COOM products as models: enumerations, Bools and ranges become options, behaviors become rules with their sentences.

A behavior of a structure holds for each of its instances, a demand that names one of several parts for each of them.
"""

from dataclasses import replace

from configurator.options.coom_growing import Found, Grown, Growth, Way
from configurator.options.coom_reading import read_coom
from configurator.options.coom_ruling import Ruling
from configurator.options.coom_spreading import spread
from configurator.options.coom_syntax import Amount, Behavior, Coom, Demanded, Path, Preset
from configurator.options.coom_words import CoomFault
from configurator.options.model import Model, Number, Option, Rule
from configurator.options.resolving import nearest, resolved
from configurator.options.rules import RuleFault


def coom_model(text: str) -> Model:
    """The model of a COOM file. Raises CoomFault with line, column and what was expected there."""
    coom = read_coom(text)
    growth = Growth(coom)
    rules: list[tuple[Demanded, Rule]] = []
    defaults: dict[str, str | int] = {}
    for behavior in coom.behaviors:
        for way in _instances(coom, growth, behavior):
            for demand in (each for written in behavior.demands for each in spread(written, growth, way)):
                if isinstance(demand.what, Preset):
                    defaults.update([_default(growth, demand, demand.what, way)])
                else:
                    rules += ((demand, rule) for rule in Ruling(growth, way).rules(demand, demand.what))
    options = tuple(_preset(grown.option, defaults) for grown in growth.options.values())
    model = Model(options, tuple(dict.fromkeys(rule for _, rule in rules)))
    _check(model, rules)
    return model


def _instances(coom: Coom, growth: Growth, behavior: Behavior) -> list[Way]:
    if behavior.of in growth.instances:
        return growth.instances[behavior.of]
    if behavior.of in coom.structures:
        return []
    known = nearest(behavior.of, [name for name in growth.instances if name])
    raise CoomFault(f"There is no structure “{behavior.of}” in the product.{known}", behavior.place)


def _default(growth: Growth, demand: Demanded, preset: Preset, way: Way) -> tuple[str, str | int]:
    if demand.conditions:
        raise CoomFault("A default cannot have conditions here. Leave one of them out.", demand.place)
    found = growth.find(preset.path, way)
    if found is None:
        raise CoomFault(f"There is no feature “{preset.path.said}”.", preset.place)
    return found.grown.option.key, _value(found, preset)


def _value(found: Found, preset: Preset) -> str | int:
    grown, value = found.grown, preset.value
    if isinstance(grown.option.domain, Number) and isinstance(value, Amount):
        if grown.option.domain.least <= value.number <= grown.option.domain.most:
            return value.number
        raise CoomFault(f"{value.number} is not in the range of “{grown.option.label}”.", value.place)
    if isinstance(value, Path) and value.said in found.named and found.text is None:
        return grown.values[value.said]
    raise CoomFault(f"This is no value of “{grown.option.label}”.{_known(grown)}", value.place)


def _known(grown: Grown) -> str:
    return f" There are: {', '.join(list(grown.values)[:12])}." if grown.values else ""


def _preset(option: Option, defaults: dict[str, str | int]) -> Option:
    if option.key not in defaults:
        return option
    domain = replace(option.domain, default=defaults[option.key])  # type: ignore[arg-type]  # of the domain's own kind
    return replace(option, domain=domain)


def _check(model: Model, rules: list[tuple[Demanded, Rule]]) -> None:
    """What the engine would stumble over is told where it stands in the file."""
    for demand, rule in rules:
        try:
            resolved(rule, model)
        except RuleFault as fault:
            raise CoomFault(fault.sentence, demand.place) from fault
