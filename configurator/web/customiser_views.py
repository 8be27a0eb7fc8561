"""The values of the customiser's templates, from one step."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from configurator.artwork.mockup import turns, views
from configurator.blanks.measures import measured
from configurator.designs.pricing import cart_totals
from configurator.web.editor_views import Editor, editor, finding_views
from configurator.web.element_views import Drawn
from configurator.web.in_words import in_words
from configurator.web.option_views import OptionRun, Seen, option_runs
from configurator.web.price_curve import price_curve_picture
from configurator.web.stage import dimension_lines, in_parts
from configurator.web.studio import Step, Studio
from configurator.web.taking import to_choose
from configurator.web.wiring import Wiring

ASPECTS = (("taste", "Taste"), ("design", "Design"), ("equipment", "Equipment"))


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


def customiser_values(shown: Shown, wiring: Wiring, studio: Studio) -> dict[str, Any]:
    """Everything but what depends on the visitor."""
    step, shop = shown.step, wiring.catalogue.shop
    seen = Drawn(step.blank, shop, step.asked, step.designed, step.scenes, step.typed)
    artwork = editor(seen)
    picture = studio.picture(step, shown.view, shown.turn)
    promise = studio.promise(step, shown.now)
    return {
        "aspects": _aspects(step, artwork, shop.icons),
        "editor": artwork,
        "findings": finding_views(seen),
        "step": SimpleNamespace(
            view=shown.view,
            turn=shown.turn,
            turns=turns(step.blank, shown.view),
            views=views(step.blank),
            words=in_words(step, picture),
            picture=in_parts(picture),
            dimensions=dimension_lines(measured(step.blank, step.design.configuration, shown.view), picture),
            strips=studio.strips(step, shown.view),
            design=step.design,
            short_hash=f"{step.design.hash[:4]}·{step.design.hash[4:8]}",
            quote=step.quote,
            curve=step.curve,
            span=studio.span(step),
            plot=price_curve_picture(step.curve, step.quote.quantity, wiring.currency.written),
            pieces_shown=step.typed.get("pieces", "") if "pieces" in step.asked.faults else str(step.quote.quantity),
            pooled=step.pooled,
            next_tier=_next_tier(step),
            faults=SimpleNamespace(pieces=step.asked.faults.get("pieces", "")),
            promise=promise,
            now=shown.now,
            ways=studio.ways(step, shown.now),
            soon=promise is not None and promise.on - shown.now.date() < timedelta(days=7),
            shipping=_shipping(step, wiring),
            stores=sorted({facility.town for facility in shop.facilities if facility.kind == "store"}),
            errors=sum(finding.level == "error" for finding in step.findings),
        ),
    }


@dataclass(frozen=True)
class Aspect:
    """Taste, design or equipment, with its options."""

    key: str
    label: str
    runs: Sequence[OptionRun]

    @property
    def said(self) -> str:
        """What is chosen, in a line."""
        groups = (group.said for run in self.runs for group in run.groups)
        return ", ".join(said for said in groups if said != "none")


def _aspects(step: Step, artwork: Editor | None, icons: Mapping[str, str]) -> list[Aspect]:
    seen = Seen(
        blank=step.blank,
        answer=step.designed.answer,
        faults=step.asked.faults,
        typed=step.typed,
        write=lambda repair: to_choose({change.option: change.after for change in repair.changes}),
        icons=icons,
    )
    used = {option.aspect for option in step.blank.model.options}
    state = _state(step)
    return [
        Aspect(key, label, option_runs(seen, key, state))
        for key, label in ASPECTS
        if key in used or (key == "design" and artwork)
    ]


def _state(step: Step) -> Hashable | None:
    if step.asked.faults or step.designed.answer.dropped:
        return None
    return repr(sorted(step.asked.choices.items()))


def _next_tier(step: Step) -> NextTier | None:
    """What a few pieces more would cost; the cart's other pieces of the blank count too."""
    have = step.quote.quantity + step.pooled
    further = ((pieces, each) for pieces, each in step.curve if pieces > have and each < step.quote.each)
    pieces, each = next(further, (0, 0))
    wanted = pieces - step.pooled
    if not pieces or wanted > step.blank.most:
        return None
    return NextTier(wanted, pieces - have, each, each * wanted)


def _shipping(step: Step, wiring: Wiring) -> SimpleNamespace:
    price = cart_totals([step.quote], wiring.catalogue.shop, "ship").shipping
    return SimpleNamespace(price=price, free=not price)
