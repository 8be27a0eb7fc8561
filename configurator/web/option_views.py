"""Options as the customiser shows them: values with prices, what blocks them, and the way out."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from markupsafe import Markup

from configurator.blanks.blank import Blank, Detail
from configurator.designs.form import shortened
from configurator.options.answer import Answer, Blocked, Item
from configurator.options.model import Number, OneOf, Option, SomeOf, Value
from configurator.options.ranges import Range, blocked_ranges, told_beside
from configurator.options.recent import Recent
from configurator.web.blocked_views import BlockedView, Refusing, Writer, blocked_view
from configurator.web.mix_views import MixSeen, MixView, mix_view
from configurator.web.number_views import NumberView, RangeView, lost_number


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value: `blocked` when it cannot be taken now, or not be taken off.

    icon: a small drawing of what goes with the piece.
    """

    key: str
    label: str
    price: int
    chosen: bool
    swatch: str | None
    allergens: tuple[str, ...]
    blocked: BlockedView | None
    icon: Markup | None = None
    same: Hashable | None = None
    """All that it looks like depends on, beside its option; None: anew."""


_NO_DETAIL = Detail()
_plain: Recent[ValueView] = Recent(20_000)
"""Values with nothing in their way, chosen or not: a click changes two of them."""


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

    @cached_property
    def refused(self) -> Mapping[str, tuple[Item, ...]]:
        """What cannot be taken, or not be left out, by option; of a number the nearest of each range."""
        found: dict[str, tuple[Item, ...]] = {}
        for item in (*told_beside(self.answer, self.ranges), *self.answer.kept):
            found[item[0]] = (*found.get(item[0], ()), item)
        return found

    @cached_property
    def ranges(self) -> Mapping[str, list[Range]]:
        """Numbers that cannot be taken, by option."""
        return blocked_ranges(self.blank.model, self.answer)

    @cached_property
    def hindered(self) -> frozenset[str]:
        """Options of which something cannot be taken, or not be left out, or nothing else be taken."""
        return frozenset([*self.refused, *self.answer.forced])

    @cached_property
    def told_on(self) -> frozenset[str]:
        """Options of which something is said to what was sent for them, so that they show more than what is chosen."""
        dropped = (dropped.option for dropped in self.answer.dropped)
        return frozenset([*dropped, *(name.partition(".")[0] for name in self.faults)])

    def refusal(self, item: Item) -> Blocked | None:
        """Why an item cannot be taken, or not be left out; None if it can."""
        if item not in self.refused.get(item[0], ()):
            return None
        return self.answer.blocked.get(item) or self.answer.kept.get(item)

    @cached_property
    def refusing(self) -> Refusing:
        """What refusals are told with."""
        options = {option.key: option for option in self.blank.model.options}
        return Refusing(options, self.answer.configuration, self.write)


def option_view(seen: Seen, option: Option) -> OptionView:
    """An option as the page shows it."""
    lost = " ".join(
        f"“{dropped.value}” could not be kept. {' '.join(dropped.because)}"
        for dropped in seen.answer.dropped
        if dropped.option == option.key
    )
    fault = seen.faults.get(option.key, "")
    error = fault or lost
    chosen, forced = seen.answer.configuration[option.key], seen.answer.forced.get(option.key, ())
    domain = option.domain
    if isinstance(domain, OneOf | SomeOf):
        return _choices(seen, option, domain, (forced, error))
    if isinstance(domain, Number):
        number = _number(seen, option, domain)
        said = f"{chosen} {domain.unit}"
        extra = int(str(chosen)) * domain.price_each
        error = number.lost or fault
        return OptionView(
            option.key, option.label, "number", said, number=number, forced=forced, error=error, extra=extra
        )
    why = partial(blocked_view, seen.refusing, option)
    mix = mix_view(MixSeen(seen.blank, seen.answer, seen.typed, why), option.key, domain)
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
    item = (option.key, value.key)
    is_chosen = value.key in chosen if isinstance(chosen, frozenset) else value.key == chosen
    detail = seen.blank.details.get(item, _NO_DETAIL)
    icon = seen.icons.get(detail.icon or "")
    if blocked := seen.refusal(item):
        why = blocked_view(seen.refusing, option, value.label, blocked, taking_off=is_chosen)
        return _value_view(value, detail, icon, chosen=is_chosen, blocked=why)
    same = seen.blank.version, item, is_chosen, icon
    return _plain.get(same, lambda: _value_view(value, detail, icon, chosen=is_chosen, same=same))


def _value_view(  # noqa: PLR0913 - a value with what it looks like
    value: Value,
    detail: Detail,
    icon: str | None,
    *,
    chosen: bool,
    blocked: BlockedView | None = None,
    same: Hashable | None = None,
) -> ValueView:
    return ValueView(
        key=value.key,
        label=value.label,
        price=value.price,
        chosen=chosen,
        swatch=detail.swatch,
        allergens=detail.allergens,
        blocked=blocked,
        icon=_icon(icon),
        same=same,
    )


def _icon(drawing: str | None) -> Markup | None:
    """The maker's drawing, whose elements the catalogue has checked, as a decoration beside its label."""
    if drawing is None:
        return None
    return Markup(drawing.replace("<svg ", '<svg class="d" aria-hidden="true" ', 1))  # noqa: S704  # checked when read


def _number(seen: Seen, option: Option, domain: Number) -> NumberView:
    key = option.key
    possible = seen.answer.numbers.get(key) or (domain.least, domain.most)
    shown = seen.typed.get(key, "") if key in seen.faults else ""
    lost, fixes = lost_number(seen.answer, option, domain, seen.refusing, shortened(shown, 40))
    return NumberView(
        shown=shown or str(seen.answer.configuration[key]),
        least=possible[0],
        most=possible[-1],
        step=domain.step,
        unit=domain.unit,
        price_each=domain.price_each,
        ranges=tuple(_ranges(seen, option, domain)),
        lost=lost,
        fixes=fixes,
    )


def _ranges(seen: Seen, option: Option, domain: Number) -> Iterator[RangeView]:
    for each in seen.ranges.get(option.key, ()):
        blocked = seen.answer.blocked[option.key, each.nearest]
        label = f"{each.nearest} {domain.unit}"
        why = blocked_view(seen.refusing, option, label, blocked)
        yield RangeView(str(each.nearest), f"{each.said} {domain.unit}", why)
