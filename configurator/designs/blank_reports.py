"""What a blank allows, told to its maker: products, cheapest and dearest, rules without effect, size of the engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from configurator.blanks.blank import Blank
from configurator.blanks.catalogue import Catalogue
from configurator.designs.describing import chosen_label, configuration_lines
from configurator.designs.design import Design
from configurator.designs.pricing import quote
from configurator.money import Currency
from configurator.options.answer import EngineFacts
from configurator.options.compiling import Engine
from configurator.options.model import Configuration, Option, Rule

MOST_NAMED = 6
"""Of many options that hang together the first are named."""


@dataclass(frozen=True, slots=True)
class Product:
    """One product without artwork: its price for one piece (minor units, incl. VAT) and what is chosen, by label.

    proved: False where search found no better one in time, but there may be one.
    """

    price: int
    chosen: tuple[tuple[str, str], ...]
    proved: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """An option that every product sets the same, and the sentences that do it."""

    option: str
    chosen: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdleRule:
    """A rule without which exactly the same products remain. number: its place in blank.toml, from 1."""

    number: int
    because: str


@dataclass(frozen=True, slots=True)
class BlankReport:
    """A blank in figures. products: exact, without artwork; None where a part is too large to be counted.

    undecided: numbers of the rules of which search did not find out in time whether they matter.
    """

    key: str
    name: str
    options: int
    rules: int
    areas: int
    templates: int
    products: int | None
    cheapest: Product
    dearest: Product
    settled: tuple[Settled, ...]
    idle: tuple[IdleRule, ...]
    undecided: tuple[int, ...]
    facts: EngineFacts


def blank_reports(catalogue: Catalogue) -> tuple[BlankReport, ...]:
    """A report on every blank, in the shop's order. Every value can be chosen: reading the catalogue has seen to it."""
    return tuple(blank_report(blank, catalogue) for blank in catalogue.blanks.values())


def blank_report(blank: Blank, catalogue: Catalogue) -> BlankReport:
    """The report on one blank; some milliseconds of work for a model of the usual size."""
    engine = catalogue.engine(blank.key)
    return BlankReport(
        key=blank.key,
        name=blank.name,
        options=len(blank.model.options),
        rules=len(blank.model.rules),
        areas=len(blank.areas),
        templates=len(blank.templates),
        products=engine.count(),
        cheapest=_product(engine.cheapest({}), blank, catalogue, proved=engine.proved("cheapest")),
        dearest=_product(engine.dearest({}), blank, catalogue, proved=engine.proved("dearest")),
        settled=tuple(_settled(blank, engine)),
        idle=tuple(IdleRule(number, rule.because) for number, rule in _numbered(blank, engine.idle())),
        undecided=tuple(number for number, _ in _numbered(blank, engine.undecided())),
        facts=engine.facts,
    )


def report_lines(reports: Sequence[BlankReport], currency: Currency) -> Iterator[str]:
    """The reports as a terminal shows them."""
    for report in reports:
        yield from _lines(report, currency)
    yield f"{_counted(len(reports), 'blank')}, nothing to correct."


def engine_line(facts: EngineFacts) -> str:
    """What compiling took and made."""
    if not facts.nodes:
        return "Nothing is compiled." if facts.over_budget else "No rule ties its options together: nothing to compile."
    size = f"{_counted(facts.nodes, 'node')} and {_counted(facts.edges, 'edge')}"
    if facts.over_budget:
        return f"{facts.compile_cpu_s:,.1f} s of compiling; what keeps to the budget is a circuit of {size}."
    return f"Compiled in {facts.compile_cpu_s * 1000:,.1f} ms to a circuit of {size}."


def budget_line(facts: EngineFacts) -> str:
    """What is said of options whose circuit would have grown too large; empty when there are none."""
    if not facts.over_budget:
        return ""
    many = len(facts.over_budget)
    told = many if many <= MOST_NAMED + 1 else MOST_NAMED
    labels = ", ".join(f"“{label}”" for label in facts.over_budget[:told])
    others = f" and {many - told} other options" if many > told else ""
    return (
        f"Too much hangs together for a circuit: {labels}{others} are answered by search instead, correctly, but"
        " slower, and their products are not counted. Fewer or simpler rules between them bring the circuit back."
    )


def undecided_line(report: BlankReport) -> str:
    """What is said of rules that may or may not matter; empty when there are none."""
    if not report.undecided:
        return ""
    numbers = ", ".join(map(str, report.undecided))
    rules = f"rules {numbers} ever matter" if len(report.undecided) > 1 else f"rule {numbers} ever matters"
    return f"Whether {rules} takes too long to find out."


def _product(configuration: Configuration, blank: Blank, catalogue: Catalogue, *, proved: bool) -> Product:
    design = Design(blank.key, blank.version, "", configuration, ())
    price = quote(design, blank, catalogue.shop, quantity=1).each
    return Product(price, configuration_lines(design, blank), proved)


def _settled(blank: Blank, engine: Engine) -> Iterator[Settled]:
    options: dict[str, Option] = {option.key: option for option in blank.model.options}
    shown = engine.answer({}).configuration
    for key, because in engine.always().items():
        yield Settled(options[key].label, chosen_label(options[key], shown[key]), because)


def _numbered(blank: Blank, rules: Sequence[Rule]) -> Iterator[tuple[int, Rule]]:
    """Those of the blank's rules with their places in blank.toml, from 1."""
    among = {id(rule) for rule in rules}
    return ((number, rule) for number, rule in enumerate(blank.model.rules, start=1) if id(rule) in among)


def _lines(report: BlankReport, currency: Currency) -> Iterator[str]:
    products = "too many products to count" if report.products is None else _counted(report.products, "product")
    parts = (
        _counted(report.options, "option"),
        _counted(report.rules, "rule"),
        f"{products} before artwork",
        _counted(report.areas, "print area"),
        _counted(report.templates, "template"),
    )
    yield f"{report.key}: {report.name}: {', '.join(parts)}"
    for name, product in (("cheapest", report.cheapest), ("dearest", report.dearest)):
        chosen = ", ".join(f"{label} {value}" for label, value in product.chosen)
        found = name if product.proved else f"{name} that was found in time"
        yield f"  {found} {currency.written(product.price)}: {chosen or 'no options'}"
    yield f"  {engine_line(report.facts)}"
    for each in report.settled:
        yield f"  always the same: “{each.option}” is {each.chosen}. {' '.join(each.because)}"
    for rule in report.idle:
        yield f"  rule {rule.number} never matters, the same products remain without it: “{rule.because}”"
    yield from (f"  {line}" for line in (undecided_line(report), budget_line(report.facts)) if line)


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
