"""A list of personalised pieces as its page shows it: each piece with picture, words, price, or why it is none."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from configurator.artwork.elements import Text
from configurator.designs.describing import chosen_label
from configurator.designs.pricing import quote
from configurator.designs.reading_elements import LONGEST_TEXT
from configurator.designs.rosters import PIECES, Column, Roster, Row, read_roster
from configurator.errors import Conflict
from configurator.options.model import OneOf
from configurator.orders.cart import Wanted
from configurator.orders.quoting import QuantityOutOfRange, check_quantity
from configurator.web.blocked_views import item_label
from configurator.web.forms import query_pairs
from configurator.web.studio import Step, Studio


class RosterHasChanged(Conflict):
    """What was sent is not what was looked at."""

    def __init__(self) -> None:
        super().__init__("This is not quite what was shown before. Nothing was added: look at it, then add it.")


@dataclass(frozen=True)
class PieceView:
    """A line of the list. step: None where the line is not understood. faults: why it cannot be made.

    said: its first text, or all of the line where it was not understood. differs: its other texts, the options that it
    names or in which it is another than the design. each: minor units.
    """

    row: Row
    step: Step | None
    pieces: int
    faults: tuple[str, ...]
    said: str
    warnings: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    each: int = 0


@dataclass(frozen=True)
class RosterView:
    """A list that was looked at. pooled: pieces of the blank in the cart, which count for the tier."""

    roster: Roster
    views: tuple[PieceView, ...]
    pooled: int
    tier: int = 0

    @property
    def pieces(self) -> int:
        """How many there are."""
        return sum(view.pieces for view in self.views)

    @property
    def total(self) -> int:
        """What they cost together, minor units."""
        return sum(view.pieces * view.each for view in self.views)

    @property
    def faulty(self) -> int:
        """How many lines cannot be made."""
        return sum(bool(view.faults) for view in self.views)

    @property
    def ready(self) -> bool:
        """Whether all of it can go into the cart."""
        return bool(self.views) and not self.faulty and not self.roster.fault

    @property
    def seen(self) -> str:
        """What was shown, for a hidden field: designs, quantities and the sum."""
        shown = [(view.step.design.hash if view.step else "", view.pieces) for view in self.views]
        return f"{hashlib.sha256(repr(shown).encode()).hexdigest()[:24]}:{self.total}"


def columns_of(step: Step) -> tuple[Column, ...]:
    """What of a design may differ from piece to piece: its texts, the options that are one of several, how many."""
    options = [
        Column(option.key, option.label, values={value.key: value.label for value in option.domain.values})
        for option in step.blank.model.options
        if isinstance(option.domain, OneOf) and len(option.domain.values) > 1
    ]
    return (*_texts(step), *options, PIECES)


def now_written(step: Step) -> Mapping[str, str]:
    """The field of each text -> what the design has there."""
    own = {f"text-{number}": each.text for number, each in enumerate(step.asked.elements, 1) if isinstance(each, Text)}
    return own or {f"f.{key}": value for key, value in step.designed.fields.items()}


def roster_view(step: Step, text: str, studio: Studio) -> RosterView:
    """The list looked at, as yet without prices; each design is laid out once."""
    roster = read_roster(text, columns_of(step))
    return RosterView(roster, tuple(_view(step, row, studio) for row in roster.rows), 0)


def priced(view: RosterView, pooled: int) -> RosterView:
    """The same with prices; all pieces of the list, and those in the cart, count for the tier."""
    in_all = view.pieces + pooled
    tiers = [0]

    def one(each: PieceView) -> PieceView:
        if each.step is None:
            return each
        step, quantity = each.step, each.pieces
        found = quote(
            step.design, step.blank, step.shop, quantity=quantity, pooled_with=in_all - quantity, sewn=step.sewn
        )
        tiers.append(int(found.tier))
        return replace(each, each=found.each)

    return replace(view, views=tuple(map(one, view.views)), pooled=pooled, tier=max(tiers))


def wanted(view: RosterView, once: str, studio: Studio) -> Sequence[Wanted]:
    """Every piece as it goes into a cart."""
    return [Wanted(studio.proofed(each.step), each.pieces, each.step.address, once) for each in view.views if each.step]


def _texts(step: Step) -> tuple[Column, ...]:
    template = next((known for known in step.blank.templates if known.key == step.asked.template), None)
    if template and not step.asked.elements:
        names_first = sorted(template.fields, key=lambda field: field.key != "name")
        return tuple(Column(f"f.{field.key}", field.label, field.most) for field in names_first)
    numbers = [
        number
        for number, element in enumerate(step.asked.elements, start=1)
        if isinstance(element, Text) and not element.locked
    ]
    several = len(numbers) > 1
    return tuple(
        Column(f"text-{number}", f"Text {place}" if several else "Text", LONGEST_TEXT)
        for place, number in enumerate(numbers, start=1)
    )


def _view(base: Step, row: Row, studio: Studio) -> PieceView:
    pieces = row.pieces or base.blank.least
    if row.faults:
        return PieceView(row, None, pieces, row.faults, row.typed)
    try:
        check_quantity(base.blank, pieces)
    except QuantityOutOfRange as refusal:
        return PieceView(row, None, pieces, (refusal.sentence,), row.typed)
    changes = {**row.fields, "pieces": str(pieces)}
    kept = (pair for pair in query_pairs(base.address) if pair[0] not in changes)
    step = studio.step(base.blank, (*kept, *changes.items()))
    said = {level: [f.sentence for f in step.findings if f.level == level] for level in ("error", "warning")}
    faults = [*step.asked.faults.values(), *_not_kept(step), *said["error"]]
    warnings = tuple(dict.fromkeys(said["warning"]))
    first, *others = _texts(base) or [PIECES]
    differs = (*_named_texts(row, others), *_differing(base, step, row))
    return PieceView(row, step, pieces, tuple(dict.fromkeys(faults)), row.fields.get(first.name, ""), warnings, differs)


def _named_texts(row: Row, texts: Sequence[Column]) -> Iterator[str]:
    return (f"{column.label} “{row.fields[column.name]}”" for column in texts if column.name in row.fields)


def _not_kept(step: Step) -> Iterator[str]:
    """Choices that rules forbid beside the others, with the maker's sentences."""
    options = {option.key: option for option in step.blank.model.options}
    for dropped in step.designed.answer.dropped:
        option = options.get(dropped.option)
        label = f"{option.label}: {item_label(option, dropped.value)}" if option else dropped.value
        yield f"“{label}” does not go with the rest. {' '.join(dropped.because)}".rstrip()


def _differing(base: Step, each: Step, row: Row) -> tuple[str, ...]:
    """The options that its line names, and those in which a piece is another than the design, `Size XL`."""
    was, now = base.design.configuration, each.design.configuration
    return tuple(
        f"{option.label} {chosen_label(option, now[option.key])}"
        for option in base.blank.model.options
        if option.key in row.fields or was[option.key] != now[option.key]
    )
