"""The options of an aspect in runs, each kept by all that it looks like: of hundreds a click changes a few."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property

from configurator.blanks.blank import Blank
from configurator.designs.describing import chosen_label
from configurator.options.answer import Blocked
from configurator.options.model import Mix, Number, Option
from configurator.options.recent import Recent
from configurator.web.option_views import OptionView, Seen, option_view

A_RUN = 8
"""Options that are looked up together."""


@dataclass(frozen=True)
class OptionGroup:
    """One option with its view, made when it is needed. fixed: whether nothing typed has to be shown."""

    seen: Seen
    option: Option
    fixed: bool

    @property
    def same(self) -> Hashable | None:
        """All that the view depends on; None: always anew."""
        return (self.option.key, _same(self.seen, self.option)) if self.fixed else None

    @cached_property
    def view(self) -> OptionView:
        """The option as the page shows it."""
        return option_view(self.seen, self.option)


@dataclass(frozen=True)
class OptionRun:
    """Some options that stand one after the other: of hundreds most runs look as they did before a click.

    fixed: whether nothing typed has to be shown.
    """

    seen: Seen
    stretch: "Stretch"
    fixed: bool

    @cached_property
    def same(self) -> Hashable | None:
        """All that its options' views depend on; None: always anew."""
        if not self.fixed:
            return None
        seen, hindered, keys = self.seen, self.seen.hindered, self.stretch.keys
        if self.stretch.plain and hindered.isdisjoint(keys):
            chosen = seen.answer.configuration
            return seen.blank.version, keys[0], *[chosen[key] for key in keys]
        looks = [_same(seen, each) if each.key in hindered else _shown(seen, each) for each in self.stretch.options]
        return seen.blank.version, keys[0], *looks

    @property
    def said(self) -> tuple[str, ...]:
        """What is chosen for each, in a few words."""
        return tuple(self._said()) if self.same is None else _saids.get(self.same, lambda: tuple(self._said()))

    def _said(self) -> Iterator[str]:
        values, configuration = self.seen.blank.model.values, self.seen.answer.configuration
        for option in self.stretch.options:
            chosen = configuration[option.key]
            if plain := values.get((option.key, chosen)):
                yield plain.label
            else:
                mixed = isinstance(option.domain, Mix)
                yield option_view(self.seen, option).said if mixed else chosen_label(option, chosen)

    @property
    def groups(self) -> list[OptionGroup]:
        """Its options."""
        return [OptionGroup(self.seen, option, self.fixed) for option in self.stretch.options]


@dataclass(frozen=True)
class Stretch:
    """Some options of a blank one after the other. plain: whether what is chosen is all that they are shown by."""

    options: tuple[Option, ...]
    keys: tuple[str, ...]
    plain: bool


_saids: Recent[tuple[str, ...]] = Recent(1000)
_stretches: Recent[list[Stretch]] = Recent(1000)


def option_runs(seen: Seen, aspect: str, *, fixed: bool) -> list[OptionRun]:
    """The options of one aspect, in the blank's order."""
    stretches = _stretches.get((seen.blank.version, aspect), lambda: list(_stretched(seen.blank, aspect)))
    return [OptionRun(seen, stretch, fixed) for stretch in stretches]


def _stretched(blank: Blank, aspect: str) -> Iterator[Stretch]:
    options = tuple(option for option in blank.model.options if option.aspect == aspect)
    for at in range(0, len(options), A_RUN):
        some = options[at : at + A_RUN]
        plain = not any(isinstance(option.domain, Number) for option in some)
        yield Stretch(some, tuple(option.key for option in some), plain)


def _same(seen: Seen, option: Option) -> Hashable:
    """An option looks the same wherever it is set the same and the same is refused, whatever else is chosen."""
    refused = [(item, _told(seen, seen.refusal(item))) for item in seen.refused.get(option.key, ())]
    forced = seen.answer.forced.get(option.key, ()) if option.key in seen.hindered else ()
    return seen.blank.version, _shown(seen, option), tuple(refused), forced


def _shown(seen: Seen, option: Option) -> Hashable:
    """What an option with nothing in its way is shown by."""
    chosen = seen.answer.configuration[option.key]
    if not isinstance(option.domain, Number):
        return chosen
    numbers = seen.answer.numbers[option.key]
    return chosen, numbers[:1], numbers[-1:]


def _told(seen: Seen, blocked: Blocked | None) -> Hashable:
    """All that a refusal tells."""
    if blocked is None:
        return None
    repair = blocked.repair
    shown = repair and tuple(seen.answer.configuration[change.option] for change in repair.changes)
    return blocked.because, blocked.choices, blocked.without, repair and (repair.changes, repair.price, shown)
