"""The options of an aspect in runs, each kept by all that it looks like: of hundreds a click changes a few."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from configurator.blanks.blank import Blank
from configurator.designs.describing import chosen_label
from configurator.options.answer import Blocked
from configurator.options.model import Configuration, Mix, Number, Option
from configurator.options.recent import Recent
from configurator.web.option_views import OptionView, Seen, option_view

A_RUN = 8
"""Options that are looked up together."""


@dataclass(frozen=True)
class OptionGroup:
    """One option with its view, made when it is needed. same: all that the view depends on; None: always anew."""

    seen: Seen
    option: Option
    same: Hashable | None

    @cached_property
    def view(self) -> OptionView:
        """The option as the page shows it."""
        return option_view(self.seen, self.option)


@dataclass(frozen=True)
class OptionRun:
    """Some options that stand one after the other: of hundreds most runs look as they did before a click."""

    seen: Seen
    stretch: "Stretch"

    @cached_property
    def same(self) -> Hashable | None:
        """All that its options' views depend on; None: always anew."""
        if self._is_free:
            return self._chosen
        return None if None in self._looks else (self._chosen, *self._looks)

    @property
    def said(self) -> str:
        """What is chosen for each, in a few words; not for what is set to nothing."""
        if self.seen.told_on.isdisjoint(self.stretch.keys):
            return _saids.get(self._chosen, self._said)
        return self._said()

    def _said(self) -> str:
        configuration = self.seen.answer.configuration
        said = (
            option_view(self.seen, option).said
            if isinstance(option.domain, Mix)
            else chosen_label(option, configuration[option.key])
            for option in self.stretch.options
        )
        return ", ".join(each for each in said if each != "none")

    @property
    def groups(self) -> list[OptionGroup]:
        """Its options."""
        pairs = zip(self.stretch.options, self._looks, strict=True)
        return [OptionGroup(self.seen, option, look and (option.key, look)) for option, look in pairs]

    @cached_property
    def _chosen(self) -> Hashable:
        stretch = self.stretch
        return self.seen.blank.version, stretch.keys[0], stretch.chosen(self.seen.answer.configuration)

    @property
    def _is_free(self) -> bool:
        """Whether nothing is in the way of any of its options, nor said about one."""
        seen, stretch = self.seen, self.stretch
        return stretch.plain and seen.hindered.isdisjoint(stretch.keys) and seen.told_on.isdisjoint(stretch.keys)

    @cached_property
    def _looks(self) -> Sequence[Hashable | None]:
        return [_look(self.seen, option) for option in self.stretch.options]


@dataclass(frozen=True)
class Stretch:
    """Some options of a blank one after the other. plain: whether what is chosen is all that they are shown by.

    chosen: what of a configuration they are set to.
    """

    options: tuple[Option, ...]
    keys: tuple[str, ...]
    plain: bool
    chosen: Callable[[Configuration], Hashable]


_saids: Recent[str] = Recent(1000)
_stretches: Recent[list[Stretch]] = Recent(1000)


def option_runs(seen: Seen, aspect: str) -> list[OptionRun]:
    """The options of one aspect, in the blank's order."""
    stretches = _stretches.get((seen.blank.version, aspect), lambda: list(_stretched(seen.blank, aspect)))
    return [OptionRun(seen, stretch) for stretch in stretches]


def _stretched(blank: Blank, aspect: str) -> Iterator[Stretch]:
    options = tuple(option for option in blank.model.options if option.aspect == aspect)
    for at in range(0, len(options), A_RUN):
        some = options[at : at + A_RUN]
        plain = not any(isinstance(option.domain, Number) for option in some)
        keys = tuple(option.key for option in some)
        yield Stretch(some, keys, plain, itemgetter(*keys))


def _look(seen: Seen, option: Option) -> Hashable | None:
    """An option looks the same wherever it is set the same and the same is refused; None when more is said of it."""
    key = option.key
    if key in seen.told_on:
        return None
    if key not in seen.hindered:
        return seen.blank.version, _shown(seen, option)
    refused = [(item, _told(seen, seen.refusal(item))) for item in seen.refused.get(key, ())]
    return seen.blank.version, _shown(seen, option), tuple(refused), seen.answer.forced.get(key, ())


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
