"""One step as its templates show it. What no letter changes is rendered once: `same` names all that it depends on."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from types import SimpleNamespace

from markupsafe import Markup

from configurator.artwork.mockup import Side, turns, views
from configurator.blanks.measures import measured
from configurator.designs.pricing import shipping_price
from configurator.web.in_words import in_words
from configurator.web.price_curve import price_curve_picture
from configurator.web.stage import dimension_lines
from configurator.web.studio import Step, Studio
from configurator.web.wiring import Wiring

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Shown:
    """A step as seen from one side, turned by so many degrees, at one time."""

    step: Step
    view: str
    turn: int
    now: datetime


@dataclass(frozen=True, slots=True)
class NextTier:
    """The next quantity at which each piece gets cheaper."""

    pieces: int
    more: int
    each: int
    total: int


class StepView:
    """What templates call `step`."""

    def __init__(self, shown: Shown, wiring: Wiring, studio: Studio) -> None:
        self._step, self._wiring = shown.step, wiring
        step = self._step
        picture = studio.picture(step, Side(shown.view, shown.turn))
        self.view, self.turn, self.now = shown.view, shown.turn, shown.now
        self.views, self.turns = views(step.blank), turns(step.blank, shown.view)
        self.picture, self.words = picture.cut, in_words(step, picture, shown.view)
        self.dimensions = dimension_lines(measured(step.blank, step.design.configuration, shown.view), picture.start)
        self.strips = studio.strips(step, shown.view)
        self.design, self.quote, self.curve, self.pooled = step.design, step.quote, step.curve, step.pooled
        self.span, self.short = studio.span(step), studio.short(step, shown.now)
        self.ways = () if self.short else studio.ways(step, shown.now)
        self.promise = None if self.short else studio.promise(step, shown.now)
        self.soon = self.promise is not None and self.promise.on - shown.now.date() < SOON
        self.errors = sum(finding.level == "error" for finding in step.findings)

    @property
    def short_hash(self) -> str:
        """The beginning of the design's name."""
        return f"{self.design.hash[:4]}·{self.design.hash[4:8]}"

    @property
    def plot(self) -> Markup:
        """The price of a piece against how many there are."""
        return price_curve_picture(self.curve, self.quote.quantity, self._wiring.currency.written)

    @property
    def pieces_shown(self) -> str:
        """How many, as typed when that is no number of pieces."""
        return self._step.typed.get("pieces", "") if self.faults["pieces"] else str(self.quote.quantity)

    @property
    def wait(self) -> str:
        """The way for which the later date was ticked, if one was."""
        return self._step.typed.get("wait", "")

    @property
    def faults(self) -> Mapping[str, str]:
        """What is wrong with the fields of the step itself."""
        return {"pieces": self._step.asked.faults.get("pieces", "")}

    @cached_property
    def next_tier(self) -> NextTier | None:
        """What a few pieces more would cost; the cart's other pieces of the blank count too."""
        have, quote = self.quote.quantity + self.pooled, self.quote
        further = ((pieces, each) for pieces, each in self.curve if pieces > have and each < quote.each)
        pieces, each = next(further, (0, 0))
        wanted = pieces - self.pooled
        if not pieces or wanted > self._step.blank.most:
            return None
        return NextTier(wanted, pieces - have, each, each * wanted)

    @cached_property
    def shipping(self) -> SimpleNamespace:
        """What a parcel costs."""
        price = shipping_price(self._wiring.catalogue.shop, self.quote.total)
        return SimpleNamespace(price=price, free=not price)

    @cached_property
    def stores(self) -> list[str]:
        """Where pieces can be fetched."""
        return sorted({place.town for place in self._wiring.catalogue.shop.facilities if place.kind == "store"})

    @cached_property
    def same(self) -> Mapping[str, Hashable]:
        """Template -> all that it shows of this step."""
        version, quote = self._step.blank.version, self.quote
        minute = self.now.replace(second=0, microsecond=0)
        return {
            "quantity": (version, quote.quantity, quote.each, self.curve, self.pooled, self.pieces_shown),
            "ways": (self.ways, self.shipping.price, quote.total, minute, self.wait),
            "promise": (self.promise, self.short, self.shipping.price, self.soon, minute),
            "span": self.span,
        }
