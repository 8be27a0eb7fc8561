"""Options as the customiser shows them: values with prices, what blocks them, and the way out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from configurator.blanks.blank import Blank, Detail
from configurator.options.answer import Answer, Blocked, Change, Repair
from configurator.options.model import Chosen, Number, OneOf, Option, SomeOf, Value
from configurator.web.mix_views import MixSeen, MixView, mix_view

Writer = Callable[[Repair], str]
"""Writes a repair's choices as the query a button sends."""


@dataclass(frozen=True, slots=True)
class BlockedView:
    """Why a value cannot be taken, and the button that makes it possible."""

    because: tuple[str, ...]
    button: str = ""
    take: str = ""
    price: int = 0
    changes: int = 0


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: `blocked` when it cannot be taken now. icon: a small drawing of what goes with the piece."""

    key: str
    label: str
    price: int
    chosen: bool
    swatch: str | None
    allergens: tuple[str, ...]
    blocked: BlockedView | None
    icon: Markup | None = None


@dataclass(frozen=True, slots=True)
class NumberView:
    """A number field: `shown` is what was typed, usable or not."""

    shown: str
    least: int
    most: int
    step: int
    unit: str
    price_each: int


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option. kind: swatches | choices | many | number | mix."""

    key: str
    label: str
    kind: str
    said: str
    values: tuple[ValueView, ...] = ()
    number: NumberView | None = None
    mix: MixView | None = None
    forced: tuple[str, ...] = ()
    error: str = ""
    extra: int = 0


@dataclass(frozen=True)
class Seen:
    """What the views are made from. `typed`: the fields as they were sent. `icons`: the shop's small drawings."""

    blank: Blank
    answer: Answer
    faults: Mapping[str, str]
    typed: Mapping[str, str]
    write: Writer
    icons: Mapping[str, str] = field(default_factory=dict)


def option_views(seen: Seen, aspect: str) -> tuple[OptionView, ...]:
    """The options of one aspect, in the blank's order."""
    return tuple(_option(seen, option) for option in seen.blank.model.options if option.aspect == aspect)


def auto_fields(seen: Seen, fields: Callable[[str, Chosen], str]) -> tuple[str, ...]:
    """What the form will send for options that the customer left alone, so that it is not taken for a choice."""
    answer = seen.answer
    return tuple(
        fields(option.key, answer.configuration[option.key])
        for option in seen.blank.model.options
        if option.key not in answer.choices
    )


def _option(seen: Seen, option: Option) -> OptionView:
    error = seen.faults.get(option.key, "") or " ".join(
        f"“{dropped.value}” could not be kept. {' '.join(dropped.because)}"
        for dropped in seen.answer.dropped
        if dropped.option == option.key
    )
    chosen, forced = seen.answer.configuration[option.key], seen.answer.forced.get(option.key, ())
    domain = option.domain
    if isinstance(domain, OneOf | SomeOf):
        return _choices(seen, option, domain, (forced, error))
    if isinstance(domain, Number):
        number = _number(seen, option.key, domain)
        said = f"{chosen} {domain.unit}"
        extra = int(str(chosen)) * domain.price_each
        return OptionView(
            option.key, option.label, "number", said, number=number, forced=forced, error=error, extra=extra
        )
    mix = mix_view(MixSeen(seen.blank, seen.answer, seen.typed), option.key, domain)
    return OptionView(option.key, option.label, "mix", mix.said, mix=mix, forced=forced, error=error)


def _choices(seen: Seen, option: Option, domain: OneOf | SomeOf, told: tuple[tuple[str, ...], str]) -> OptionView:
    values = tuple(_value(seen, option, value) for value in domain.values)
    swatched = isinstance(domain, OneOf) and all(value.swatch for value in values)
    kind = "many" if isinstance(domain, SomeOf) else "swatches" if swatched else "choices"
    taken = [value for value in values if value.chosen]
    said = ", ".join(value.label for value in taken) or "none"
    extra = sum(value.price for value in taken)
    return OptionView(option.key, option.label, kind, said, values, forced=told[0], error=told[1], extra=extra)


def _value(seen: Seen, option: Option, value: Value) -> ValueView:
    chosen = seen.answer.configuration[option.key]
    blocked = seen.answer.blocked.get((option.key, value.key))
    detail = seen.blank.details.get((option.key, value.key), Detail())
    is_chosen = value.key in chosen if isinstance(chosen, frozenset) else value.key == chosen
    return ValueView(
        key=value.key,
        label=value.label,
        price=value.price,
        chosen=is_chosen,
        swatch=detail.swatch,
        allergens=detail.allergens,
        blocked=blocked_view(seen, option, value.label, blocked) if blocked and not is_chosen else None,
        icon=_icon(seen.icons.get(detail.icon or "")),
    )


def _icon(drawing: str | None) -> Markup | None:
    """The maker's drawing, whose elements the catalogue has checked, as a decoration beside its label."""
    if drawing is None:
        return None
    return Markup(drawing.replace("<svg ", '<svg class="d" aria-hidden="true" ', 1))  # noqa: S704  # checked when read


def blocked_view(seen: Seen, option: Option, label: str, blocked: Blocked) -> BlockedView:
    """A blocked value's sentence and button; no button when it can never be taken."""
    repair = blocked.repair
    if repair is None:
        return BlockedView(because=blocked.because or ("This cannot be had with any of the other values.",))
    others = [change for change in repair.changes if change.option != option.key]
    options = {known.key: known for known in seen.blank.model.options}
    said = "; ".join(_change(options[change.option], change) for change in others)
    return BlockedView(
        because=blocked.because,
        button=f"Take {label}" + (f", {said}" if said else ""),
        take=seen.write(repair),
        price=repair.price,
        changes=len(others),
    )


def _change(option: Option, change: Change) -> str:
    domain, after = option.domain, change.after
    if isinstance(domain, SomeOf) and isinstance(after, frozenset):
        before = change.before if isinstance(change.before, frozenset) else frozenset()
        dropped, added = _labels(domain, before - after), _labels(domain, after - before)
        parts = [f"drop {', '.join(dropped)}" if dropped else "", f"add {', '.join(added)}" if added else ""]
        return " and ".join(part for part in parts if part)
    if isinstance(domain, OneOf):
        return f"{option.label} {_labels(domain, [str(after)])[0]}"
    if isinstance(domain, Number):
        return f"{option.label} {after} {domain.unit}"
    return f"change {option.label}"


def _labels(domain: OneOf | SomeOf, keys: Iterable[str]) -> list[str]:
    wanted = set(keys)
    return [value.label for value in domain.values if value.key in wanted]


def _number(seen: Seen, key: str, domain: Number) -> NumberView:
    possible = seen.answer.numbers.get(key) or (domain.least, domain.most)
    shown = seen.typed.get(key, "") if key in seen.faults else ""
    return NumberView(
        shown=shown or str(seen.answer.configuration[key]),
        least=possible[0],
        most=possible[-1],
        step=domain.step,
        unit=domain.unit,
        price_each=domain.price_each,
    )
