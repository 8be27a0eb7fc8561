"""The options of a blank and what their values mean, read from [option.…]."""

import re
from collections.abc import Mapping
from typing import cast

from configurator.blanks.blank import Detail
from configurator.blanks.draft import Draft
from configurator.blanks.faults import nearest
from configurator.blanks.table import Table, four, two
from configurator.options.model import Aspect, Mix, Number, OneOf, Option, Part, SomeOf, Value

Details = dict[tuple[str, str], Detail]

_KINDS = ("one_of", "some_of", "number", "mix")
_MOST_STEPS = 400
_ASPECTS = ("taste", "design", "equipment")


def read_options(draft: Draft) -> tuple[tuple[Option, ...], Details]:
    """Every [option.…] in the order of the file, and the details of its values."""
    options: list[Option] = []
    details: Details = {}
    for key, entry in draft.table.entries("option", required=True):
        option, meant = _option(draft, key, entry)
        if option is not None:
            options.append(option)
        details |= {(key, value): detail for value, detail in meant.items()}
        entry.close()
    return tuple(options), details


def _option(draft: Draft, key: str, entry: Table) -> tuple[Option | None, Mapping[str, Detail]]:
    label = entry.text("label")
    aspect = cast(Aspect, entry.one_of("aspect", _ASPECTS))
    kinds = [kind for kind in _KINDS if entry.has(kind)]
    if len(kinds) != 1:
        entry.fault(
            None, f"An option has exactly one of {', '.join(_KINDS)}; this one has {' and '.join(kinds) or 'none'}."
        )
        entry.known |= {"default", "least", "most"}
        return None, {}
    read = {"one_of": _one_of, "some_of": _some_of, "number": _number, "mix": _mix}[kinds[0]]
    domain, details = read(draft, entry)
    return (None if domain is None else Option(key, label, aspect, domain)), details


def _one_of(draft: Draft, entry: Table) -> tuple[OneOf | None, Mapping[str, Detail]]:
    values, details = _values(draft, entry, "one_of")
    if not values:
        entry.fault("one_of", "“one_of” needs at least one value: one_of = [ { key = …, label = … } ].")
        return None, {}
    default = entry.text("default", values[0].key)
    _check_values(entry, "default", [default], values)
    return OneOf(values, default), details


def _some_of(draft: Draft, entry: Table) -> tuple[SomeOf | None, Mapping[str, Detail]]:
    values, details = _values(draft, entry, "some_of")
    if not values:
        entry.fault("some_of", "“some_of” needs at least one value: some_of = [ { key = …, label = … } ].")
        return None, {}
    least = entry.whole("least", 0, most=len(values))
    most = entry.whole("most", len(values), least=max(least, 1), most=len(values))
    default = frozenset(entry.texts("default"))
    _check_values(entry, "default", sorted(default), values)
    if not least <= len(default) <= most:
        place = "default" if entry.has("default") else None
        entry.fault(place, f"“default” has {len(default)} values; expected {least} to {most}.")
    return SomeOf(values, least, most, default), details


def _values(draft: Draft, entry: Table, key: str) -> tuple[tuple[Value, ...], Mapping[str, Detail]]:
    values: dict[str, Value] = {}
    details: dict[str, Detail] = {}
    for table in entry.tables(key):
        value = Value(table.key(), table.text("label"), table.money("price", "0"), table.counts("facts"))
        if value.key in values:
            table.fault("key", f"The value “{value.key}” stands here a second time.")
        values[value.key], details[value.key] = value, _detail(draft, table)
        table.close()
    return tuple(values.values()), details


def _detail(draft: Draft, table: Table) -> Detail:
    if table.has("size_mm") != table.has("body"):
        table.fault(None, "A value's “size_mm” and “body” go together: how large, and where on the drawing.")
    return Detail(
        swatch=table.colour("swatch") if table.has("swatch") else None,
        uses=draft.used(table),
        adds=draft.added(table),
        allergens=table.texts("allergens"),
        paint=draft.painted(table),
        icon=_icon(draft, table),
        legal=table.text("legal") if table.has("legal") else None,
        size_mm=two(table.numbers("size_mm", 2)) if table.has("size_mm") else None,
        body=four(table.numbers("body", 4)) if table.has("body") else None,
        underbase=table.flag("underbase"),
    )


def _icon(draft: Draft, table: Table) -> str | None:
    if not table.has("icon"):
        return None
    icon = table.text("icon")
    if icon and icon not in draft.shop.icons:
        table.fault("icon", f"There is no icons/{icon}.svg beside shop.toml.{nearest(icon, draft.shop.icons)}")
    return icon


def _check_values(entry: Table, key: str, chosen: list[str], values: tuple[Value, ...]) -> None:
    keys = [value.key for value in values]
    for name in chosen:
        if name not in keys:
            entry.fault(key, f"“{name}” is no value of this option.{nearest(name, keys)}")


def _number(_draft: Draft, entry: Table) -> tuple[Number | None, Mapping[str, Detail]]:
    table = entry.table("number")
    if table is None:
        return None, {}
    least = table.whole("least", most=100_000)
    number = Number(
        least=least,
        most=table.whole("most", least=least, most=100_000),
        step=table.whole("step", 1, least=1, most=100_000),
        unit=table.text("unit"),
        default=table.whole("default", least, most=100_000),
        price_each=table.money("price_each", "0"),
    )
    _check_steps(table, number)
    table.close()
    return number, {}


def _check_steps(table: Table, number: Number) -> None:
    if number.most - number.least > _MOST_STEPS * number.step:
        table.fault("step", f"That is more than {_MOST_STEPS} steps; take larger steps than {number.step}.")
    if (number.most - number.least) % number.step:
        table.fault("step", f"From {number.least} in steps of {number.step} never reaches {number.most}.")
    if not number.least <= number.default <= number.most or (number.default - number.least) % number.step:
        steps = f"{number.least}, {number.least + number.step} … {number.most}"
        table.fault("default", f"“default” is {number.default}; expected one of {steps}.")


def _mix(draft: Draft, entry: Table) -> tuple[Mix | None, Mapping[str, Detail]]:
    table = entry.table("mix")
    if table is None:
        return None, {}
    parts, details = _parts(draft, table)
    total = table.whole("total_g", least=1, most=100_000)
    least, most = _kinds(table, len(parts))
    grams = table.counts("default")
    mix = Mix(
        parts=parts,
        total_g=total,
        step_g=table.whole("step_g", least=1, most=total),
        least_kinds=least,
        most_kinds=most,
        default=tuple((part.key, grams[part.key]) for part in parts if grams.get(part.key)),
    )
    _check_mix(table, mix, grams)
    table.close()
    return mix, details


def _parts(draft: Draft, table: Table) -> tuple[tuple[Part, ...], Mapping[str, Detail]]:
    parts: dict[str, Part] = {}
    details: dict[str, Detail] = {}
    for entry in table.tables("of"):
        part = Part(entry.key(), entry.text("label"), entry.money("per_100g", "0"), entry.counts("facts"))
        if part.key in parts:
            entry.fault("key", f"The part “{part.key}” stands here a second time.")
        parts[part.key], details[part.key] = part, _detail(draft, entry)
        _check_allergens(entry, details[part.key])
        entry.close()
    if not parts:
        table.fault("of", "A mix needs parts: of = [ { key = …, label = … } ].")
    return tuple(parts.values()), details


def _check_allergens(entry: Table, detail: Detail) -> None:
    if detail.allergens and detail.legal and not re.search(r"[A-Z]{3}", detail.legal):
        entry.fault("legal", f"“{detail.legal}” must have its allergens in capitals: {', '.join(detail.allergens)}.")


def _kinds(table: Table, parts: int) -> tuple[int, int]:
    kinds = table.table("kinds", required=False)
    if kinds is None:
        return 1, max(parts, 1)
    least = kinds.whole("least", 1, least=1, most=max(parts, 1))
    most = kinds.whole("most", parts, least=least, most=max(parts, 1))
    kinds.close()
    return least, most


def _check_mix(table: Table, mix: Mix, grams: Mapping[str, int]) -> None:
    keys = [part.key for part in mix.parts]
    for name in grams.keys() - set(keys):
        table.fault("default", f"“{name}” is no part of this mix.{nearest(name, keys)}")
    if mix.total_g > _MOST_STEPS * mix.step_g:
        table.fault("step_g", f"That is more than {_MOST_STEPS} steps; take larger steps than {mix.step_g} g.")
    if mix.total_g % mix.step_g:
        table.fault("step_g", f"Steps of {mix.step_g} g never add up to {mix.total_g} g.")
    if not table.has("default"):
        table.fault(None, f"“default” is missing: the mix a customer starts from, such as {_a_mix(mix)}.")
        return
    if any(amount % mix.step_g for _, amount in mix.default):
        table.fault("default", f"Every amount must be a multiple of {mix.step_g} g.")
    if sum(amount for _, amount in mix.default) != mix.total_g:
        weighs = sum(amount for _, amount in mix.default)
        table.fault("default", f"The default mix weighs {weighs} g; expected {mix.total_g} g.")
    if not mix.least_kinds <= len(mix.default) <= mix.most_kinds:
        expected = f"{mix.least_kinds} to {mix.most_kinds}"
        table.fault("default", f"The default mix has {len(mix.default)} kinds; expected {expected}.")


def _a_mix(mix: Mix) -> str:
    """As few kinds as can be, one step of each and the rest of the first, as a maker would write it."""
    keys = [part.key for part in mix.parts[: mix.least_kinds]]
    grams = dict.fromkeys(keys, mix.step_g) | {key: mix.total_g - mix.step_g * (len(keys) - 1) for key in keys[:1]}
    return f"default = {{ {', '.join(f'{key} = {amount}' for key, amount in grams.items())} }}"
