"""Why a value cannot be taken: the makers' sentences, the own choices involved, and the button that repairs it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from configurator.options.answer import Blocked, Change, Repair
from configurator.options.model import Configuration, Mix, Number, Option, SomeOf

Writer = Callable[[Repair], str]
"""Writes a repair's choices as the query a button sends."""


@dataclass(frozen=True, slots=True)
class BlockedView:
    """Why a value cannot be taken (or taken off), the own choices involved, the button that makes it possible."""

    because: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    button: str = ""
    take: str = ""
    price: int = 0
    changes: int = 0


@dataclass(frozen=True)
class Refusing:
    """What refusals are told with: the model's options, what is shown now, and what writes a repair as a query."""

    options: Mapping[str, Option]
    shown: Configuration
    write: Writer


def blocked_view(
    refusing: Refusing, option: Option, label: str, blocked: Blocked, *, taking_off: bool = False
) -> BlockedView:
    """A blocked value's sentences and button; no button when it can never be taken."""
    options = refusing.options
    chosen = tuple(_involved(options, blocked))
    repair = blocked.repair
    if repair is None:
        return BlockedView(blocked.because or ("This cannot be had with any of the other values.",), chosen)
    said = [_said(refusing, change, label if change.option == option.key else "") for change in repair.changes]
    return BlockedView(
        because=blocked.because,
        chosen=chosen,
        button=", ".join((f"{'Leave out' if taking_off else 'Take'} {label}", *filter(None, said))),
        take=refusing.write(repair),
        price=repair.price,
        changes=sum(change.option != option.key for change in repair.changes),
    )


def _involved(options: Mapping[str, Option], blocked: Blocked) -> Iterator[str]:
    """The own choices that take part: `Rim: Gold`; by being left out: `Care without Microwave-safe`."""
    for key, value in blocked.choices:
        yield f"{options[key].label}: {item_label(options[key], value)}"
    for key, value in blocked.without:
        yield f"{options[key].label} without {item_label(options[key], value)}"


def item_label(option: Option, value: str | int) -> str:
    """One value, member, number or part as people call it."""
    domain = option.domain
    if isinstance(domain, Number):
        return f"{value} {domain.unit}"
    known = domain.parts if isinstance(domain, Mix) else domain.values
    return next((each.label for each in known if each.key == value), str(value))


def _said(refusing: Refusing, change: Change, label: str) -> str:
    """One change in words. label: what the button says anyhow is taken or left out, which is not said again."""
    option, after, before = refusing.options[change.option], change.after, refusing.shown[change.option]
    domain = option.domain
    if isinstance(domain, SomeOf) and isinstance(after, frozenset) and isinstance(before, frozenset):
        members = [value for value in domain.values if value.label != label]
        dropped = [value.label for value in members if value.key in before - after]
        added = [value.label for value in members if value.key in after - before]
        parts = [f"drop {', '.join(dropped)}" if dropped else "", f"add {', '.join(added)}" if added else ""]
        return " and ".join(part for part in parts if part)
    if isinstance(domain, Mix) and isinstance(after, tuple) and isinstance(before, tuple):
        grams = {**dict.fromkeys(dict(before), 0), **dict(after)}
        changed = [(key, amount) for key, amount in grams.items() if dict(before).get(key, 0) != amount]
        return ", ".join(f"{item_label(option, key)} {amount}\u00a0g" for key, amount in changed)
    if isinstance(after, frozenset | tuple):
        return f"change {option.label}"
    said = item_label(option, after)
    return "" if said == label else f"change {option.label} to {said}"
