"""The shop: facilities, work centres, fonts, components, taxes, with its methods."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal

from configurator.blanks.calendar import BatchRule, DownTime, Holiday, Shift
from configurator.blanks.marks import Marks
from configurator.blanks.methods import Method, Press
from configurator.blanks.rerouting import StepPlan
from configurator.blanks.setups import Setups


@dataclass(frozen=True, slots=True)
class Font:
    """A face: file inside an installed font package, axis settings.

    offered: customers can choose it; a face not offered steps in for letters the chosen one lacks.
    package "": file is a path. index: which face of a collection (.ttc).
    """

    key: str
    label: str
    package: str
    file: str
    axes: Mapping[str, float]
    offered: bool = True
    index: int = 0


@dataclass(frozen=True, slots=True)
class WorkCentre:
    """Machines or benches of one kind at a facility. cost_per_hour: of the machine, in minor units.

    crew: people who stand at it while it is set up and runs; half a person minds two machines. shifts: its own, if it
    has any. spots: separation -> what the machine calls it. dpi: a laser's. marks: that it finds a printed sheet by.
    """

    key: str
    label: str
    count: int
    cost_per_hour: int
    shifts: tuple[Shift, ...] = ()
    spots: Mapping[str, str] = field(default_factory=dict)
    dpi: int = 254
    crew: Decimal = Decimal(0)
    marks: Marks | None = None

    def name_of(self, machine: int) -> str:
        """What one of its machines is called, from 1; 0: all of them."""
        return f"{self.label} {machine}" if machine and self.count > 1 else self.label


@dataclass(frozen=True, slots=True)
class Facility:
    """A plant or store. Local times; workdays 0 = Monday.

    opens, closes, workdays: its doors, and its working time unless it has shifts. down: stand-stills that may still
    matter. rules: the first that concerns a batch holds. wage: what an hour of one person costs, minor units.
    closed: nothing is made, kept or fetched there any more.
    """

    key: str
    name: str
    kind: Literal["plant", "store"]
    street: str
    postcode: str
    town: str
    timezone: str
    opens: time
    closes: time
    workdays: tuple[int, ...]
    cut_off: time
    bins: int
    centres: Mapping[str, WorkCentre]
    shifts: tuple[Shift, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    rules: tuple[BatchRule, ...] = ()
    down: tuple[DownTime, ...] = ()
    wage: int = 0
    days_to: Mapping[str, int] = field(default_factory=dict)
    closed: bool = False

    def hour_cost(self, centre: str) -> Decimal:
        """What an hour of a work centre costs with its people, exact minor units; 0 for one that stands elsewhere."""
        found = self.centres.get(centre)
        return found.cost_per_hour + found.crew * self.wage if found else Decimal(0)

    def makes(self, centre_keys: set[str]) -> bool:
        """Whether every one of these work centres stands here."""
        return centre_keys <= set(self.centres)

    def working(self, centre: str = "") -> tuple[Shift, ...]:
        """The shifts of a work centre, or of the facility."""
        own = self.centres[centre].shifts if centre in self.centres else ()
        return own or self.shifts or (Shift(self.workdays, self.opens, self.closes),)

    def works_on(self, day: date) -> bool:
        """Whether a shift begins on this local day."""
        return not self._is_off(day) and any(day.weekday() in shift.days for shift in self.working())

    def is_open_on(self, day: date) -> bool:
        """Whether its doors are open for customers on this local day."""
        return not self._is_off(day) and day.weekday() in self.workdays

    def _is_off(self, day: date) -> bool:
        return any(holiday.first <= day <= holiday.last for holiday in self.holidays)

    def rule(self, centre: str, family: str) -> BatchRule:
        """How batches of this family are filled and closed at this work centre."""
        return next((rule for rule in self.rules if rule.concerns(centre, family)), BatchRule())


@dataclass(frozen=True, slots=True)
class Component:
    """Something in stock: a blank body, an ingredient, a box. cost in minor units a unit.

    pattern, words: its label with braces and what fills them, {"colour": "sun"}, where it is one of several.
    """

    key: str
    label: str
    unit: str
    cost: Decimal
    start: Mapping[str, int]
    pattern: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shipping:
    """A parcel: price in minor units incl. VAT, once an order; working days under way.

    one_parcel: an order is sent at once only, and nobody is offered what is ready first.
    """

    label: str
    price: int
    free_from: int | None
    days: int
    one_parcel: bool = False


@dataclass(frozen=True, slots=True)
class Costing:
    """How the shop reckons with costs. Money in minor units, shares in whole per cent.

    order_cost: what an order line costs whatever its quantity: looked through, collected, packed. margin: of the net
    price, asked for when prices are derived; round_to: a derived price is a multiple of it. passed_on: how much of a
    setup saved by joining a batch that fills already its customer gets; 0: nobody is offered to join.
    """

    order_cost: int = 0
    margin: int = 40
    round_to: int = 10
    passed_on: int = 0


@dataclass(frozen=True, slots=True)
class TakeBack:
    """For how many minutes a mistake can be taken back; 0: never. scans_min: a scan on the floor; mails about what one
    brought about wait as long. hand_overs_min: a hand-over at the counter. parcels_min: a parcel noted as sent; the
    mail about it waits as long."""

    scans_min: int = 5
    hand_overs_min: int = 60
    parcels_min: int = 60

    @property
    def scans(self) -> timedelta:
        """How long a scan can be taken back."""
        return timedelta(minutes=self.scans_min)

    @property
    def hand_overs(self) -> timedelta:
        """How long a hand-over can be taken back."""
        return timedelta(minutes=self.hand_overs_min)

    @property
    def parcels(self) -> timedelta:
        """How long a parcel can be taken back."""
        return timedelta(minutes=self.parcels_min)


@dataclass(frozen=True, slots=True)
class Shop:
    """All of shop.toml. `changeovers`: (from family, to family) -> minutes, beside the operations' own: the matrix
    of `setups`.

    icons: name -> SVG text of a small flat drawing, 90 x 70 units, checked to hold nothing but shapes.
    queues: (facility, work centre) -> minutes of work that waited there when the shop was last looked at.
    together_min: minutes of changeover that an hour is worth in which an order's first piece waits for its last.
    routes: blank key -> its steps as the workshop has changed them, for every version of the blank.
    closed: facilities that are no longer open: old orders name them.
    account: where invoices are paid to, as it is written to customers; empty: nowhere that this program knows.
    """

    name: str
    legal_name: str
    address: str
    email: str
    vat_id: str
    currency: str
    locale: str
    country: str
    timezone: str
    taxes: Mapping[str, Decimal]
    shipping: Shipping
    facilities: tuple[Facility, ...]
    methods: Mapping[str, Method]
    fonts: tuple[Font, ...]
    components: Mapping[str, Component]
    changeovers: Mapping[tuple[str, str], float]
    batch_pieces: int
    categories: Mapping[str, str]
    icons: Mapping[str, str] = field(default_factory=dict)
    setups: Setups = field(default_factory=Setups)
    queues: Mapping[tuple[str, str], float] = field(default_factory=dict)
    press: Press = field(default_factory=Press)
    costing: Costing = field(default_factory=Costing)
    together_min: float = 0.0
    routes: Mapping[str, tuple[StepPlan, ...]] = field(default_factory=dict)
    closed: tuple[Facility, ...] = ()
    account: str = ""
    take_back: TakeBack = field(default_factory=TakeBack)

    def days_between(self, maker: Facility, store: str) -> int:
        """Days of the carrier from a maker to a store; those of a parcel where nobody said."""
        return 0 if maker.key == store else maker.days_to.get(store, self.shipping.days)

    def facility(self, key: str) -> Facility:
        """The facility of that key, a closed one too; KeyError when there is none."""
        return {facility.key: facility for facility in (*self.facilities, *self.closed)}[key]

    def queue_min(self, key: str, centres: Iterable[str]) -> float:
        """Minutes until the slowest of these work centres of a facility has worked off what it has."""
        here = self.facility(key).centres
        return max(
            (self.queues.get((key, each), 0.0) / here[each].count for each in centres if each in here), default=0.0
        )
