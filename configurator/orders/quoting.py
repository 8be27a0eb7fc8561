"""Quoting a cart: every line with its pooled tier, the totals, and what keeps a line from being ordered."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue, NoSuchBlank
from configurator.designs.design import Design
from configurator.designs.pricing import Quote, Totals, cart_totals, quote
from configurator.designs.sewing import SewnAreas
from configurator.errors import Invalid


class QuantityOutOfRange(Invalid):
    """More or fewer pieces than a line of this blank may have."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, fields={"pieces": sentence})


@dataclass(frozen=True)
class LineToQuote:
    """A design in some quantity; `id` is the cart line's, and comes back with the quote.

    warnings: what preflight says may not come out well.
    """

    id: int
    design: Design
    quantity: int
    address: str = ""
    title: str = ""
    summary: str = ""
    warnings: tuple[str, ...] = ()
    sewn: SewnAreas = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joining:
    """A line that is made with an open batch: its number, and how much less all its pieces cost, minor units."""

    batch: str
    saved: int


@dataclass(frozen=True)
class QuotedLine:
    """A line with its price, or with the problem that keeps it from being ordered (then without price)."""

    line: LineToQuote
    quote: Quote | None
    problem: str | None = None
    joining: Joining | None = None


@dataclass(frozen=True)
class QuotedCart:
    """A cart as priced now. `totals` counts only the lines that have a price."""

    lines: tuple[QuotedLine, ...]
    totals: Totals

    @property
    def pieces(self) -> int:
        """How many pieces are in it."""
        return sum(quoted.line.quantity for quoted in self.lines)

    @property
    def problems(self) -> tuple[str, ...]:
        """What must be settled before it can be ordered."""
        return tuple(quoted.problem for quoted in self.lines if quoted.problem)


Joins = Mapping[int, Joining]
NOBODY_JOINS: Joins = MappingProxyType({})


def quoted(
    lines: Sequence[LineToQuote], catalogue: Catalogue, fulfilment: str, joins: Joins = NOBODY_JOINS
) -> QuotedCart:
    """Quote all lines of a cart. All pieces of a blank count together for its quantity tiers.

    joins: line id -> the batch that it is made with.
    """
    pooled = Counter[str]()
    for line in lines:
        pooled[line.design.blank] += line.quantity
    answers = tuple(
        _quoted(line, catalogue, pooled[line.design.blank] - line.quantity, joins.get(line.id)) for line in lines
    )
    quotes = tuple(answer.quote for answer in answers if answer.quote)
    return QuotedCart(answers, cart_totals(quotes, catalogue.shop, fulfilment))


def check_quantity(blank: Blank, quantity: int, *, in_cart: int = 0) -> None:
    """Raise QuantityOutOfRange unless a line of the blank may have so many; `in_cart` are there already."""
    if quantity < 1 or quantity + in_cart < blank.least:
        least = "one piece" if blank.least == 1 else f"{blank.least} pieces"
        raise QuantityOutOfRange(f"“{blank.name}” is made from {least} on. Choose at least {blank.least}.")
    if quantity + in_cart > blank.most:
        raise QuantityOutOfRange(_too_many(blank, in_cart))


def problem_with(line: LineToQuote, catalogue: Catalogue) -> str | None:
    """Why a line of a cart cannot be ordered as it is, or None. An edited blank must still allow its design."""
    try:
        blank = catalogue.blank(line.design.blank)
    except NoSuchBlank:
        return f"“{line.title}” is no longer made. Remove it to order the rest."
    try:
        check_quantity(blank, line.quantity)
    except QuantityOutOfRange as refusal:
        return refusal.sentence
    if line.design.blank_version != blank.version and not _still_allowed(line.design, catalogue):
        return (
            f"“{line.title}” has changed since you designed it, and your choice is no longer made. Edit it once more."
        )
    return None


def _quoted(line: LineToQuote, catalogue: Catalogue, others: int, joining: Joining | None) -> QuotedLine:
    problem = problem_with(line, catalogue)
    if problem:
        return QuotedLine(line, None, problem)
    blank = catalogue.blank(line.design.blank)
    priced = quote(
        line.design,
        blank,
        catalogue.shop,
        quantity=line.quantity,
        pooled_with=others,
        sewn=line.sewn,
        saved=joining.saved if joining else 0,
    )
    return QuotedLine(line, priced, joining=joining)


def _still_allowed(design: Design, catalogue: Catalogue) -> bool:
    areas = {area.key for area in catalogue.blank(design.blank).areas}
    answer = catalogue.engine(design.blank).answer(design.configuration)
    return answer.configuration == design.configuration and all(element.area in areas for element in design.elements)


def _too_many(blank: Blank, in_cart: int) -> str:
    if in_cart == 0:
        return f"At most {blank.most} pieces of “{blank.name}” can be ordered alike. Ask us for a quote for more."
    more = max(0, blank.most - in_cart)
    return (
        f"At most {blank.most} pieces of “{blank.name}” can be ordered alike; {in_cart} are in your cart, "
        f"so {more} more can be added."
    )
