"""From fields to a step of the customiser: design, picture, price, date; what was worked out lately is kept."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from configurator.artwork.elements import Element, Text
from configurator.artwork.layout import lay_out
from configurator.artwork.mockup import Side, mockup, mockup_pieces, portrait, views
from configurator.artwork.pictures import Pictures, embedded
from configurator.artwork.scene import Finding, Scene
from configurator.blanks.blank import Blank
from configurator.blanks.shop import Shop
from configurator.designs.describing import areas_used, pictures_on
from configurator.designs.design import Design
from configurator.designs.designing import Designed, design_for, finished, lettered
from configurator.designs.looking import Look, look
from configurator.designs.making import components
from configurator.designs.permalink import Asked, read, write
from configurator.designs.pricing import Quote, price_curve, price_each, quote
from configurator.designs.sewing import SewnAreas, sewn_areas, sewn_operations
from configurator.designs.template_inks import text_that_shows
from configurator.options.model import Configuration
from configurator.options.recent import Recent
from configurator.options.watched import ByWhatIsRead
from configurator.orders.design_store import Proofed
from configurator.production.promise import Promise
from configurator.production.wishes import Wish
from configurator.stock.reserving import Shortage
from configurator.web.forms import Pairs
from configurator.web.locking import LOCKED, held
from configurator.web.price_span import PriceSpan, price_span
from configurator.web.stage import PREFIX, Strip, View, strips, view
from configurator.web.taking import OWN, before_own, owned, taken
from configurator.web.ways import Way, ways
from configurator.web.wiring import Wiring

KEPT = 64


@dataclass(frozen=True)
class Step:
    """One state of the customiser. shop: as it is now; typed: the fields as they were sent; pooled: other pieces in the
    cart.

    making: all that a piece's price and way through the workshop depend on; of texts only where there are any.
    """

    blank: Blank
    shop: Shop
    asked: Asked
    typed: Mapping[str, str]
    designed: Designed
    scenes: tuple[Scene, ...]
    quote: Quote
    curve: tuple[tuple[int, int], ...]
    pooled: int
    pictures: Pictures
    sewn: SewnAreas
    making: Hashable

    @cached_property
    def artwork(self) -> Hashable:
        """All that its scenes depend on but the configuration."""
        return _artwork(self.designed.design, self.pictures)

    @cached_property
    def design(self) -> Design:
        """The design as it would be ordered."""
        return finished(self.designed.design)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What preflight has to say, area by area."""
        return tuple(finding for scene in self.scenes for finding in scene.findings)

    @property
    def address(self) -> str:
        """The canonical query of this state."""
        return write(replace(self.asked, choices=self.designed.answer.choices))


class Studio:
    """Draws designs. One for all requests."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._designed: Recent[Designed] = Recent(KEPT)
        self._scenes: ByWhatIsRead[tuple[Scene, ...]] = ByWhatIsRead(KEPT)
        self._pictures: ByWhatIsRead[View] = ByWhatIsRead(KEPT)
        self._strips: ByWhatIsRead[tuple[Strip, ...]] = ByWhatIsRead(KEPT)
        self._quotes: Recent[Quote] = Recent(KEPT)
        self._curves: Recent[tuple[tuple[int, int], ...]] = Recent(KEPT)
        self._spans: Recent[PriceSpan] = Recent(KEPT)
        self._ways: Recent[tuple[Way, ...]] = Recent(KEPT)
        self._wishes: ByWhatIsRead[Wish] = ByWhatIsRead(KEPT)
        self._promises: Recent[Promise | None] = Recent(KEPT)
        self._short: Recent[tuple[Shortage, ...]] = Recent(KEPT)
        self.aspects: Recent[list[Any]] = Recent(KEPT)
        """Options as they were shown, by what was chosen."""

    def step(self, blank: Blank, pairs: Pairs, *, pooled: int = 0) -> Step:
        """The state that these fields stand for. Never raises for what a customer may send."""
        shop = self._wiring.catalogue.shop
        free, refused = held(pairs)
        fields = self._fields(blank, taken(free))
        asked = read(fields, blank, shop)
        if refused:
            faults = {f"lock-{number}": LOCKED for number in sorted(refused)}
            asked = replace(asked, faults={**asked.faults, **faults}, picked=min(refused))
        asked = self._seen(blank, asked)
        designed = self.designed(blank, asked)
        pictures = self._wiring.shelf.pictures(pictures_on(designed.design))
        fields = (*fields, *_to_chosen(blank, designed.design.elements, asked, fields))
        scenes = self.scenes(blank, designed.design, pictures)
        sewn, design = sewn_areas(scenes), finished(designed.design)
        making = _making(blank, design, sewn)
        return Step(
            blank=blank,
            shop=shop,
            asked=asked,
            typed=dict(fields),
            designed=designed,
            scenes=scenes,
            quote=self._quotes.get(
                (making, asked.quantity, pooled),
                lambda: quote(design, blank, shop, quantity=asked.quantity, pooled_with=pooled, sewn=sewn),
            ),
            curve=self._curves.get(making, lambda: price_curve(design, blank, shop, sewn=sewn)),
            pooled=pooled,
            pictures=pictures,
            sewn=sewn,
            making=making,
        )

    def _seen(self, blank: Blank, asked: Asked) -> Asked:
        """With a text that was just added, still empty, in an ink that shows on the colour that is chosen."""
        added = asked.elements[asked.picked - 1] if 0 < asked.picked <= len(asked.elements) else None
        if not isinstance(added, Text) or added.text:
            return asked
        configuration = self.designed(blank, asked).design.configuration
        shown = text_that_shows(added, blank, self._wiring.catalogue.shop, configuration)
        elements = (*asked.elements[: asked.picked - 1], shown, *asked.elements[asked.picked :])
        return replace(asked, elements=elements)

    def _fields(self, blank: Blank, fields: Pairs) -> Pairs:
        if not any(name == OWN for name, _ in fields):
            return fields
        asked = read(before_own(fields), blank, self._wiring.catalogue.shop)
        return owned(fields, self.designed(blank, asked).design.elements)

    def designed(self, blank: Blank, asked: Asked) -> Designed:
        """The design and the engine's answer."""
        key = (
            blank.version,
            tuple(sorted(asked.choices.items())),
            asked.elements,
            asked.template,
            tuple(sorted(asked.fields.items())),
        )
        fonts, catalogue = self._wiring.fonts, self._wiring.catalogue
        engine = catalogue.engine(blank.key)
        return self._designed.get(
            key, lambda: lettered(design_for(asked, blank, catalogue.shop, engine, fonts=fonts.fingerprint), fonts)
        )

    def scenes(self, blank: Blank, design: Design, pictures: Pictures | None = None) -> tuple[Scene, ...]:
        """The design laid out with the customers' pictures on it that are kept."""
        known = pictures or {}
        means = blank, self._wiring.catalogue.shop
        return self._laid_out(means, _artwork(design, known), design, known)(design.configuration)

    def _laid_out(
        self, means: tuple[Blank, Shop], artwork: Hashable, design: Design, pictures: Pictures
    ) -> Callable[[Configuration], tuple[Scene, ...]]:
        (blank, shop), fonts = means, self._wiring.fonts

        def laid(chosen: Configuration) -> tuple[Scene, ...]:
            return lay_out(design.elements, blank, chosen, shop, fonts, pictures)

        return lambda chosen: self._scenes.get(blank.version, artwork, chosen, laid)

    def picture(self, step: Step, side: Side) -> View:
        """The product's picture from one side, with guides."""
        blank, design = step.blank, step.designed.design
        scenes = self._laid_out((blank, step.shop), step.artwork, design, step.pictures)

        def pictured(chosen: Configuration) -> View:
            return view(mockup_pieces(blank, chosen, scenes(chosen), id_prefix=PREFIX, side=side, guides=True))

        return self._pictures.get(blank.version, (side, step.artwork), design.configuration, pictured)

    def strips(self, step: Step, view: str) -> tuple[Strip, ...]:
        """The print areas that are seen from one side, flat."""
        blank, design, shop = step.blank, step.designed.design, step.shop
        scenes = self._laid_out((blank, shop), step.artwork, design, step.pictures)
        return self._strips.get(
            blank.version,
            (view, step.artwork),
            design.configuration,
            lambda chosen: strips(blank, chosen, shop, scenes(chosen), view),
        )

    def span(self, step: Step) -> PriceSpan:
        """What a piece can still cost with what was chosen; typing does not change it."""
        blank, design, shop, sewn = step.blank, step.design, step.shop, step.sewn

        def priced(other: Design) -> int:
            pieces = step.quote.quantity
            return price_each(other, blank, shop, quantity=pieces, pooled_with=step.pooled, sewn=sewn)

        chosen = frozenset(step.asked.choices.items())
        return self._spans.get(
            (step.making, chosen, step.quote.quantity, step.pooled),
            lambda: price_span(step.asked, design, step.quote.each, self._wiring.catalogue.engine(blank.key), priced),
        )

    def proofed(self, step: Step) -> Proofed:
        """The design as it goes into a cart: laid out without empty texts, pictured without guides."""
        design = step.design
        scenes = self.scenes(step.blank, design, step.pictures)
        return Proofed(design, step.blank, scenes, self.sample(step.blank, design, scenes))

    def sample(self, blank: Blank, design: Design, scenes: tuple[Scene, ...]) -> str:
        """A picture for a list: no guides, and all it shows inside itself."""
        name = f"d{design.hash[:10]}-"
        shelf, side = self._wiring.shelf, portrait(blank, scenes)
        return mockup(blank, design.configuration, scenes, id_prefix=name, side=side, href=embedded(shelf))

    def short(self, step: Step, now: datetime) -> tuple[Shortage, ...]:
        """What of these pieces is sold out and not expected; looked at anew every minute."""
        wish = self._wish(step)
        return self._short.get(_minutely(wish, now), lambda: self._wiring.promises.short(wish, now))

    def promise(self, step: Step, now: datetime) -> Promise | None:
        """When a parcel with these pieces arrives; None when nobody can make them. Looked at anew every minute."""
        wish = self._wish(step)
        return self._promises.get(_minutely(wish, now), lambda: self._wiring.promises.promise(wish, now))

    def promise_for(self, blank: Blank, design: Design, quantity: int, now: datetime) -> Promise | None:
        """When a parcel with so many pieces of a design arrives; None when nobody can make them."""
        wish = self._wish_for(design, blank, quantity, sewn_areas(self.scenes(blank, design)))
        return self._wiring.promises.promise(wish, now)

    def ways(self, step: Step, now: datetime) -> tuple[Way, ...]:
        """Every way to get these pieces, with its date; looked at anew every minute."""
        wish, shop, promises = self._wish(step), step.shop, self._wiring.promises
        return self._ways.get(_minutely(wish, now), lambda: ways(wish, shop, promises, now))

    def _wish(self, step: Step) -> Wish:
        blank, design, sewn, quantity = step.blank, step.design, step.sewn, step.quote.quantity
        return self._wishes.get(
            blank.version,
            (areas_used(design), frozenset(sewn.items()), quantity),
            design.configuration,
            lambda chosen: self._wish_for(replace(design, configuration=chosen), blank, quantity, sewn),
        )

    def _wish_for(self, design: Design, blank: Blank, quantity: int, sewn: SewnAreas) -> Wish:
        """What a parcel with so many pieces of a design takes."""
        shop = self._wiring.catalogue.shop
        steps, vat = sewn_operations(design, blank, shop, sewn), shop.taxes[blank.tax]
        return Wish(steps, quantity, "ship", None, components(design, blank), blank.key, vat)


def _artwork(design: Design, pictures: Pictures) -> Hashable:
    """A set, for that works out its hash but once, and a step asks for what is kept under it many times."""
    return frozenset((design.elements, design.fonts, frozenset(pictures)))


def _making(blank: Blank, design: Design, sewn: SewnAreas) -> Hashable:
    return blank.version, frozenset(design.configuration.items()), areas_used(design), frozenset(sewn.items())


def _minutely(wish: Wish, now: datetime) -> Hashable:
    """By what making takes: most clicks on options change nothing of it."""
    return wish.blank, wish.operations, tuple(wish.needs.items()), wish.quantity, now.replace(second=0, microsecond=0)


def _to_chosen(blank: Blank, elements: Sequence[Element], asked: Asked, fields: Pairs) -> Pairs:
    """The side and turn that show an element which a button has just put somewhere or changed, unless it is in sight.

    Nothing when a side itself was pressed.
    """
    named = next((value for name, value in fields if name == "el"), "")
    number = asked.picked or (int(named) if re.fullmatch(r"[0-9]{1,3}", named) else 0)
    if not 0 < number <= len(elements) or sum(name == "view" for name, _ in fields) > 1:
        return ()
    element = elements[number - 1]
    area, seen = blank.area(element.area), look(blank, fields)
    straight = Look(blank, area.surface.view, 0)
    if straight.view not in views(blank):
        return ()
    if asked.picked and not seen.shows(area, element.x_mm) and straight.shows(area, element.x_mm):
        return ("view", straight.view), ("turn", "0")
    return () if seen.draws(area) else (("view", straight.view),)
