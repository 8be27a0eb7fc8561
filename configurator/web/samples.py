"""What the catalogue shows of every blank: its first ready design, pictured once a version, and the lowest price."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from configurator.artwork.scene import Scene
from configurator.blanks.blank import Blank
from configurator.blanks.shop import Facility
from configurator.designs.cutting import CutAreas, cut_areas
from configurator.designs.design import Design
from configurator.designs.designing import design_for
from configurator.designs.form import counted
from configurator.designs.permalink import Asked
from configurator.designs.pricing import operations, quote
from configurator.designs.sewing import SewnAreas, sewn_areas
from configurator.options.compiling import Engine
from configurator.options.model import Choices, Chosen, Mix, Number, OneOf, Option, SomeOf
from configurator.options.recent import Recent
from configurator.web.studio import Studio
from configurator.web.wiring import Wiring

NAMES = ("Marit", "Aiko", "Jonas")
"""Whose names the pictures at the top carry."""
TEAM = (*NAMES, "Wilhelmina", "Noor", "Łukasz", "Kofi", "Saskia", "Per-Olof")
"""Whose pictures there are; those after the first three are a team's."""


@dataclass(frozen=True)
class Sample:
    """A blank as the catalogue knows it. minutes: {store: minutes to make one}, only stores that can."""

    design: Design
    picture: str
    price: int
    minutes: Mapping[str, int]
    colours: tuple[str, ...]


class Samples:
    """Samples of all blanks, made when first asked for, anew for every version."""

    def __init__(self, wiring: Wiring, studio: Studio) -> None:
        self._wiring = wiring
        self._studio = studio
        self._kept: Recent[Sample] = Recent(200)

    def sample(self, blank: Blank, number: int = 0) -> Sample:
        """number: 0 the ready design itself; from 1 the same with another name and colour."""
        return self._kept.get((blank.version, number), lambda: self._made(blank, number))

    def sewn(self, blank: Blank) -> SewnAreas:
        """What is embroidered on the ready design."""
        return sewn_areas(self.scenes(blank))

    def cut(self, blank: Blank) -> CutAreas:
        """What is cut out of a sheet for the ready design."""
        return cut_areas(self.scenes(blank))

    def scenes(self, blank: Blank) -> tuple[Scene, ...]:
        """The ready design laid out."""
        return self._studio.scenes(blank, self.sample(blank).design)

    def address(self, blank: Blank, number: int = 0) -> str:
        """Where the sample's picture is; the address changes with the blank."""
        return f"/pictures/sample/{blank.key}-{number}-{blank.version[:12]}.svg"

    def named(self, name: str) -> Sample | None:
        """The sample whose picture has this name; None when there is none (any more)."""
        key, _, rest = name.removesuffix(".svg").rpartition("-")[0].rpartition("-")
        blank = self._wiring.catalogue.blanks.get(key)
        number = counted(rest)
        if blank is None or number is None or number > len(TEAM):
            return None
        return self.sample(blank, number) if self.address(blank, number).endswith(f"/{name}") else None

    def _made(self, blank: Blank, number: int) -> Sample:
        engine = self._wiring.catalogue.engine(blank.key)
        shop, fonts = self._wiring.catalogue.shop, self._wiring.fonts.fingerprint
        design = design_for(_asked(blank, number), blank, shop, engine, fonts=fonts).design
        cheapest = design_for(Asked(cheapest_choices(blank, engine)), blank, shop, engine, fonts=fonts).design
        return Sample(
            design=design,
            picture=self._studio.sample(blank, design, self._studio.scenes(blank, design)),
            price=quote(cheapest, blank, shop, quantity=blank.least).each,
            minutes={store.key: _minutes(design, blank) for store in _stores(shop.facilities, design, blank)},
            colours=tuple(_swatches(blank)),
        )


def cheapest_choices(blank: Blank, engine: Engine) -> Choices:
    """Choices of a cheap product, option by option: the cheapest value that the ones before leave possible."""
    choices: dict[str, Chosen] = {}
    for option in blank.model.options:
        answer = engine.answer(choices)
        for chosen in _cheap_first(option):
            if isinstance(chosen, str) and (option.key, chosen) in answer.blocked:
                continue
            if not engine.answer({**choices, option.key: chosen}).dropped:
                choices[option.key] = chosen
                break
    return choices


def _cheap_first(option: Option) -> Iterator[Chosen]:
    domain = option.domain
    if isinstance(domain, OneOf):
        yield from (value.key for value in sorted(domain.values, key=lambda value: value.price))
    elif isinstance(domain, SomeOf):
        ordered = sorted(domain.values, key=lambda value: value.price)
        yield frozenset(value.key for value in ordered[: domain.least])
    elif isinstance(domain, Number):
        yield domain.least if domain.price_each >= 0 else domain.most


def _asked(blank: Blank, number: int) -> Asked:
    template = blank.templates[0] if blank.templates else None
    asked = Asked({}, template=template.key if template else None)
    if not number or template is None or not template.fields:
        return asked
    keys = [field.key for field in template.fields]
    fields = {"name" if "name" in keys else keys[0]: TEAM[number - 1]}
    return replace(asked, fields=fields, choices=_coloured(blank, number))


def _coloured(blank: Blank, number: int) -> Choices:
    option = _swatched(blank)
    if option is None or not isinstance(option.domain, OneOf):
        return {}
    paid = [value.key for value in option.domain.values if value.price] or [value.key for value in option.domain.values]
    order = (0, 2, 1, 3, 4)  # the three at the top are far from each other in colour
    return {option.key: paid[order[(number - 1) % len(order)] % len(paid)]}


def _swatched(blank: Blank) -> Option | None:
    """The first option whose values are colours."""
    return next((option for option in blank.model.options if _option_swatches(blank, option)), None)


def _option_swatches(blank: Blank, option: Option) -> list[str]:
    if isinstance(option.domain, Mix):
        keys = [part.key for part in option.domain.parts]
    elif isinstance(option.domain, Number):
        return []
    else:
        keys = [value.key for value in option.domain.values]
    found = [detail.swatch for key in keys if (detail := blank.details.get((option.key, key)))]
    return [swatch for swatch in found if swatch]


def _swatches(blank: Blank) -> list[str]:
    option = _swatched(blank)
    return _option_swatches(blank, option)[:4] if option else []


def _stores(facilities: tuple[Facility, ...], design: Design, blank: Blank) -> list[Facility]:
    centres = {operation.at for operation in operations(design, blank)}
    return [facility for facility in facilities if facility.kind == "store" and facility.makes(centres)]


def _minutes(design: Design, blank: Blank) -> int:
    return math.ceil(sum(operation.setup_min + operation.run_min for operation in operations(design, blank)))
