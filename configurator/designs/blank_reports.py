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
from configurator.options.model import Configuration, Option


@dataclass(frozen=True, slots=True)
class Product:
    """One product without artwork: its price for one piece (minor units, incl. VAT) and what is chosen, by label."""

    price: int
    chosen: tuple[tuple[str, str], ...]


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
    """A blank in figures. products: exact, without artwork; None where a part is too large to be counted."""

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
        cheapest=_product(engine.cheapest({}), blank, catalogue),
        dearest=_product(engine.dearest({}), blank, catalogue),
        settled=tuple(_settled(blank, engine)),
        idle=tuple(_idle(blank, engine)),
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
    return f"Compiled in {facts.compile_cpu_s * 1000:,.1f} ms to a circuit of {size}."


def budget_line(facts: EngineFacts) -> str:
    """What is said of options whose circuit would have grown too large; empty when there are none."""
    if not facts.over_budget:
        return ""
    labels = ", ".join(f"“{label}”" for label in facts.over_budget)
    return (
        f"Too much hangs together for a circuit: {labels} are answered by search instead, correctly, but slower, and"
        " their products are not counted. Fewer or simpler rules between them bring the circuit back."
    )


def _product(configuration: Configuration, blank: Blank, catalogue: Catalogue) -> Product:
    design = Design(blank.key, blank.version, "", configuration, ())
    price = quote(design, blank, catalogue.shop, quantity=1).each
    return Product(price, configuration_lines(design, blank))


def _settled(blank: Blank, engine: Engine) -> Iterator[Settled]:
    options: dict[str, Option] = {option.key: option for option in blank.model.options}
    shown = engine.answer({}).configuration
    for key, because in engine.always().items():
        yield Settled(options[key].label, chosen_label(options[key], shown[key]), because)


def _idle(blank: Blank, engine: Engine) -> Iterator[IdleRule]:
    idle = {id(rule) for rule in engine.idle()}
    for number, rule in enumerate(blank.model.rules, start=1):
        if id(rule) in idle:
            yield IdleRule(number, rule.because)


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
        yield f"  {name} {currency.written(product.price)}: {chosen or 'no options'}"
    yield f"  {engine_line(report.facts)}"
    for each in report.settled:
        yield f"  always the same: “{each.option}” is {each.chosen}. {' '.join(each.because)}"
    for rule in report.idle:
        yield f"  rule {rule.number} never matters, the same products remain without it: “{rule.because}”"
    if report.facts.over_budget:
        yield f"  {budget_line(report.facts)}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
